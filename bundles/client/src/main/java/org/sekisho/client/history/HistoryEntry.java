// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.time.Instant;
import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.api.messagestore.MessageId;

/**
 * A stored message as this member could verify it.
 *
 * @param n position in the group's store
 * @param sender who signed it; empty when it was deleted
 * @param sentAt by the sender's clock
 * @param state what became of it; only READABLE and UNVERIFIED_AFTER_REMOVAL have content
 * @param order where it stands among its author's messages, as these were shown
 * @param content the plaintext; empty for messages longer than {@link History#WHOLE}, which {@link History#copy} reads
 */
public record HistoryEntry(
        long n,
        MessageId message,
        Optional<LeafId> sender,
        Optional<Instant> sentAt,
        String contentType,
        State state,
        Order order,
        Optional<byte[]> content) {

    /** Whether a message is shown where its author put it. */
    public enum Order {
        /** After the author's message before it, or after deleted ones in its place. */
        FOLLOWS,
        /** Messages of the same author before it are not shown: the gateway withholds them, or has lost them. */
        GAP,
        /** A place among the author's messages that another one had already, or after another one than the author says. */
        OUT_OF_ORDER,
        /** Not judged: deleted, forged, or what is missing is from a time that is not shown to this member. */
        UNKNOWN
    }

    /** What a member can say of a message. Nothing is left out of a history: what does not open is told. */
    public enum State {
        /** Opened, and everything about it holds. */
        READABLE,
        /** Deleted by its author or an administrator. */
        DELETED,
        /** Its header was not turned to an epoch that this member has; later. */
        PENDING_REENCRYPTION,
        /** Its header does not open to the key it was sealed with: a wrong or hostile re-encryption. */
        HEADER_CORRUPT,
        /** Signature, place in the chain of epochs, or content does not hold. */
        FORGED,
        /** By a leaf that was removed, and later than what others had seen of it then (protocol note F13). */
        UNVERIFIED_AFTER_REMOVAL
    }

    /** The content as text. */
    public String text() {
        return content.map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                .orElse("");
    }
}
