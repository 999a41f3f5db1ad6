// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.crypto.Sha256;

/**
 * What the gateway took and has put into its queue: if the scheme refuses it later, a {@value #REFUSED} names it by its hash, and
 * this leaf's scheme must hear what it was. Rows of the transaction's group.
 *
 * @param type of the envelope
 */
record Sent(String type, Octets body) {

    /** Type of the server's word that it refused what it had queued: {@code [1, type, code, H(envelope)]}. */
    static final String REFUSED = "host/refused";

    /** Envelopes remembered; of more, any one is forgotten. */
    static final int MAX_KEPT = 64;

    private static final Octets PREFIX = Octets.of((byte) 7);
    private static final int VERSION = 1;

    static void keep(RowTx tx, Octets encoded, Envelope envelope) {
        if (tx.count(Table.SEEN, PREFIX) >= MAX_KEPT) {
            Row first = tx.scan(Table.SEEN, PREFIX, Octets.EMPTY, 1).get(0);
            tx.delete(Table.SEEN, first.key());
        }
        tx.put(Table.SEEN, key(Sha256.hash(encoded)), Cbor.encode(VERSION, envelope.type(), envelope.body()));
    }

    /** Gives it and forgets it. */
    static Optional<Sent> take(RowTx tx, Hash hash) {
        Optional<Sent> found = tx.get(Table.SEEN, key(hash)).map(Sent::decode);
        found.ifPresent(sent -> tx.delete(Table.SEEN, key(hash)));
        return found;
    }

    private static Octets key(Hash hash) {
        return Octets.concat(PREFIX, hash.value());
    }

    private static Sent decode(Octets value) {
        CborReader in = new CborReader(value);
        in.struct(VERSION, 3);
        Sent sent = new Sent(in.text(Envelope.MAX_TYPE), in.octets(Envelope.MAX_BODY));
        in.end();
        return sent;
    }
}
