// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.records;

import java.math.BigInteger;
import java.util.Arrays;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.MalformedException;

/** A certificate's serial number as octets: two's complement, big-endian, the fewest there can be. */
final class Serial {

    private static final int MAX_SIZE = 64;

    private Serial() {}

    static BigInteger read(CborReader in) {
        byte[] octets = in.bytes(MAX_SIZE);
        if (octets.length == 0) {
            throw new MalformedException("serial number without octets", 0);
        }
        var serial = new BigInteger(octets);
        if (!Arrays.equals(serial.toByteArray(), octets)) {
            throw new MalformedException("serial number not in the shortest form", 0);
        }
        return serial;
    }
}
