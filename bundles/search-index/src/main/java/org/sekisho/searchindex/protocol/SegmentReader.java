// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.List;
import org.sekisho.api.Octets;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.search.BlockLabels;
import org.sekisho.crypto.search.CohortKey;
import org.sekisho.crypto.search.SegmentCipher;
import org.sekisho.searchindex.wire.Manifest;

/** Reads one segment whose manifest was verified. Not safe for concurrent use. */
final class SegmentReader implements AutoCloseable {

    private final Manifest manifest;
    private final SegmentCipher cipher;

    /** {@code base} stays the caller's. */
    SegmentReader(Manifest manifest, CohortKey base) {
        this.manifest = manifest;
        this.cipher = new SegmentCipher(base, manifest.stand().group(), manifest.segment(), manifest.writer());
    }

    Octets token(Octets word) {
        return Octets.of(cipher.token(word.toByteArray()));
    }

    /** The postings of blocks {@code from} on of a token. Throws {@link AuthenticationFailedException} on a wrong block. */
    List<Posting> open(Octets token, int from, List<Octets> blocks) {
        BlockLabels labels = new BlockLabels(token.toByteArray());
        var postings = new java.util.ArrayList<Posting>();
        for (int i = 0; i < blocks.size(); i++) {
            byte[] block =
                    cipher.openBlock(labels.label(from + i), blocks.get(i).toByteArray());
            postings.addAll(Posting.read(block, manifest.baseMinute()));
        }
        return postings;
    }

    /** Everything in it, newest first. Throws {@link AuthenticationFailedException} unless it is what the manifest says. */
    List<Item> directory(Octets sealed) {
        if (sealed.size() != manifest.directorySize() || !Sha256.hash(sealed).equals(manifest.directoryHash())) {
            throw new AuthenticationFailedException();
        }
        return Directory.open(cipher, sealed.toByteArray());
    }

    /** Whether the rows are those that follow from the items. */
    boolean rowsFollowFrom(List<Item> items) {
        boolean powerOfTwo = (manifest.marks() & Manifest.POWER_OF_TWO) != 0;
        return Rows.build(cipher, manifest.level(), manifest.baseMinute(), powerOfTwo, items)
                .filter(rows -> Manifest.hashRows(rows).equals(manifest.rowsHash()))
                .isPresent();
    }

    @Override
    public void close() {
        cipher.close();
    }
}
