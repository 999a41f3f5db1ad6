// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RefusalCounter;
import org.sekisho.api.RejectedException;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Sha256;
import org.sekisho.groups.engine.HostClock;

/** Proofs of misbehaviour and alarms: kept, written to the audit trail, and shown on the group. */
final class Incidents {

    /** Most proofs kept per group; of later ones only the hash goes to the audit trail. */
    static final int MAX_PROOFS = 1000;

    /** Longest proof that is kept, in octets; of a longer one only the hash goes to the audit trail. */
    static final int MAX_PROOF = 128 << 10;

    private static final Octets COMPLAINTS = Octets.utf8("complaints/");
    private static final Octets PREFIX = Octets.utf8("evidence/");
    private static final int VERSION = 1;

    private final GroupRows groups;
    private final AuditTrail audit;
    private final HostClock clock;

    private volatile Optional<RefusalCounter> counter = Optional.empty();

    Incidents(GroupRows groups, AuditTrail audit, HostClock clock) {
        this.groups = groups;
        this.audit = audit;
        this.clock = clock;
    }

    void countWith(Optional<RefusalCounter> next) {
        counter = next;
    }

    /** A queued event was refused by its scheme. */
    void refused(ErrorCode code) {
        counter.ifPresent(c -> c.refused(RefusalCounter.Via.ENGINE, code));
    }

    void poisoned() {
        counter.ifPresent(RefusalCounter::poisoned);
    }

    /** Keeps {@code proof} and raises the alarm. */
    void evidence(RowTx tx, String actor, String kind, Octets proof) {
        String hash = Sha256.hash(proof).toString();
        long n = tx.count(Table.COUNTER, PREFIX);
        if (n < MAX_PROOFS && proof.size() <= MAX_PROOF) {
            Octets key = Octets.concat(PREFIX, Octets.ofLong(n + 1));
            tx.put(Table.COUNTER, key, Cbor.encode(VERSION, kind, clock.now().toEpochMilli(), proof));
        }
        alarm(tx, actor, "evidence", kind + " " + hash);
    }

    /** A member's complaint: as evidence, while the member has not complained too often in this group. */
    void complaint(RowTx tx, LeafId member, Octets proof, int most) {
        Octets key = Octets.concat(COMPLAINTS, member.value());
        long n = tx.get(Table.COUNTER, key).map(Octets::toLong).orElse(0L);
        if (n >= most) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "one member complains at most " + most + " times");
        }
        tx.put(Table.COUNTER, key, Octets.ofLong(n + 1));
        evidence(tx, member.toString(), Submissions.COMPLAINT, proof);
    }

    /** Shows {@code what} on the group and in its audit trail. */
    void alarm(RowTx tx, String actor, String action, String what) {
        GroupState state = groups.require(tx);
        groups.save(tx, state.record().withAlarm(action + ": " + what));
        audit.append(tx, new AuditEntry(actor, action, state.group().toString(), "alarm", what));
    }
}
