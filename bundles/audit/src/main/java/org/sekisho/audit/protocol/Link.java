// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit.protocol;

import java.time.Instant;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.crypto.Sha256;

/**
 * One link of a chain. {@code h_n = SHA-256(CBOR["audit", h_(n-1), n, at, actor, action, subject, outcome, detail])}, the
 * time in milliseconds since 1970, so a change of any field of any record changes every hash after it.
 */
public final class Link {

    private static final int VERSION = 1;
    private static final int MAX_UTF8 = 3 * PlainText.MAX_CHARACTERS;

    private Link() {}

    /** The record that follows {@code before}. Texts are made visible and cut at 512 characters. */
    public static AuditRecord following(Head before, Instant at, AuditEntry entry) {
        var unlinked = new AuditRecord(
                before.n() + 1,
                Instant.ofEpochMilli(at.toEpochMilli()),
                PlainText.of(entry.actor()),
                PlainText.of(entry.action()),
                PlainText.of(entry.subject()),
                PlainText.of(entry.outcome()),
                PlainText.of(entry.detail()),
                before.hash());
        return withHash(unlinked, hash(before.hash(), unlinked));
    }

    /** Whether {@code record} is the one that follows {@code before}. */
    public static boolean follows(Head before, AuditRecord record) {
        return record.n() == before.n() + 1 && record.hash().equals(hash(before.hash(), record));
    }

    /** The stored form: CBOR [1, n, at, actor, action, subject, outcome, detail, hash]. */
    public static Octets encode(AuditRecord record) {
        return Cbor.encode(
                VERSION,
                record.n(),
                record.at().toEpochMilli(),
                record.actor(),
                record.action(),
                record.subject(),
                record.outcome(),
                record.detail(),
                record.hash());
    }

    /** Reads what {@link #encode} wrote; {@link org.sekisho.codec.MalformedException} on anything else. */
    public static AuditRecord decode(Octets stored) {
        var in = new CborReader(stored);
        in.struct(VERSION, 9);
        var record = new AuditRecord(
                in.integer(1, Long.MAX_VALUE),
                Instant.ofEpochMilli(in.integer()),
                in.text(MAX_UTF8),
                in.text(MAX_UTF8),
                in.text(MAX_UTF8),
                in.text(MAX_UTF8),
                in.text(MAX_UTF8),
                in.hash());
        in.end();
        return record;
    }

    private static Hash hash(Hash before, AuditRecord record) {
        return Sha256.hashArray(
                "audit",
                before,
                record.n(),
                record.at().toEpochMilli(),
                record.actor(),
                record.action(),
                record.subject(),
                record.outcome(),
                record.detail());
    }

    private static AuditRecord withHash(AuditRecord r, Hash hash) {
        return new AuditRecord(r.n(), r.at(), r.actor(), r.action(), r.subject(), r.outcome(), r.detail(), hash);
    }
}
