// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.wire;

import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.Kdf;
import org.sekisho.crypto.Sha256;

/**
 * The equations of the two-random scheme, each once (docs/protocols/0038). Pure. RN1 and RN2 are 32 random octets.
 */
public final class Formulas {

    public static final String SCHEME_ID = "two-random";

    /** Length of RN1, RN2 and the scheme secret, in octets. */
    public static final int SIZE = 32;

    /** Labels of SEAL, one per message. */
    public static final String SEAL_RN2 = "rn2";

    public static final String SEAL_ROTATION = "rn1 rotate";
    public static final String SEAL_TRANSFER = "rn1";

    private Formulas() {}

    /** {@code EXT(RN2, RN1)}: neither the server (no RN1) nor an outsider with RN1 (no RN2) has it. */
    public static SecretBytes schemeSecret(SecretBytes rn2, SecretBytes rn1) {
        return Kdf.extract(rn2, rn1);
    }

    /** {@code KDF(RN1, "rn1 join", [groupId, rn1Gen', rosterHash], 32)}: a newcomer cannot go back. */
    public static SecretBytes joinStep(SecretBytes rn1, GroupId group, long nextGen, Hash rosterHash) {
        return Kdf.derive(rn1, "rn1 join", SIZE, group, nextGen, rosterHash);
    }

    /** What the transcript names a join step by: {@code H(CBOR["rn1 join step", groupId, rn1Gen', rosterHash])}. */
    public static Hash joinStepHash(GroupId group, long nextGen, Hash rosterHash) {
        return Sha256.hashArray("rn1 join step", group, nextGen, rosterHash);
    }

    /** {@code H(CBOR["rn12", rn1Gen, rn2Gen, rosterHash, lastRn1Step|null])}. */
    public static Hash transcriptHash(long rn1Gen, long rn2Gen, Hash rosterHash, Optional<Hash> lastRn1Step) {
        return Sha256.hashArray("rn12", rn1Gen, rn2Gen, rosterHash, lastRn1Step);
    }

    /** {@code H(CBOR["rn1 commitment", groupId, rn1Gen, RN1])}. */
    public static Hash rn1Commitment(GroupId group, long rn1Gen, SecretBytes rn1) {
        return rn1.use(secret -> Sha256.hashArray("rn1 commitment", group, rn1Gen, secret));
    }

    /** {@code H(CBOR["rn2 commitment", groupId, rn2Gen, RN2])}. */
    public static Hash rn2Commitment(GroupId group, long rn2Gen, SecretBytes rn2) {
        return rn2.use(secret -> Sha256.hashArray("rn2 commitment", group, rn2Gen, secret));
    }
}
