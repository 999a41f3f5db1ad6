// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.messagestore;

import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;

/** Names a stored message: 16 random octets, chosen by its author. */
public record MessageId(Octets value) implements Comparable<MessageId> {

    /** Length in octets. */
    public static final int SIZE = 16;

    public MessageId {
        if (value.size() != SIZE) {
            throw new RejectedException(ErrorCode.MALFORMED, "a message id has " + SIZE + " octets");
        }
    }

    /** From lower-case hexadecimal. */
    public static MessageId parse(String hex) {
        return new MessageId(Octets.ofHex(hex));
    }

    @Override
    public int compareTo(MessageId other) {
        return value.compareTo(other.value);
    }

    /** Lower-case hexadecimal. */
    @Override
    public String toString() {
        return value.hex();
    }
}
