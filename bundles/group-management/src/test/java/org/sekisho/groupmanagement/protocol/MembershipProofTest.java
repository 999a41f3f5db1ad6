// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.AuthRoot;
import org.sekisho.groupmanagement.protocol.MembershipProof.Side;

class MembershipProofTest {

    private static final LeafId A = new LeafId(Sha256.hash(new byte[] {1}).value());
    private static final LeafId B = new LeafId(Sha256.hash(new byte[] {2}).value());
    private static final Octets NONCE_A = Sha256.hash(new byte[] {3}).value();
    private static final Octets NONCE_B = Sha256.hash(new byte[] {4}).value();
    private static final Hash EPOCH = Sha256.hash(new byte[] {5});
    private final AuthRoot root = new AuthRoot(SecretBytes.take(new byte[32]));
    private final MembershipProof proof = new MembershipProof(A, B, NONCE_A, NONCE_B, EPOCH);

    @Test
    void each_side_proves_itself() {
        assertThat(proof.verify(root, Side.INITIATOR, proof.prove(root, Side.INITIATOR)))
                .isTrue();
        assertThat(proof.verify(root, Side.RESPONDER, proof.prove(root, Side.RESPONDER)))
                .isTrue();
    }

    @Test
    void rn12_reflected_membership_proof_rejected() {
        assertThat(proof.verify(root, Side.INITIATOR, proof.prove(root, Side.RESPONDER)))
                .isFalse();
        assertThatThrownBy(() -> new MembershipProof(A, A, NONCE_A, NONCE_B, EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void proof_is_bound_to_both_leaves_nonces_and_epoch() {
        Octets sent = proof.prove(root, Side.RESPONDER);
        Hash other = Sha256.hash(new byte[] {6});
        assertThat(new MembershipProof(B, A, NONCE_A, NONCE_B, EPOCH).verify(root, Side.RESPONDER, sent))
                .isFalse();
        assertThat(new MembershipProof(A, B, NONCE_B, NONCE_A, EPOCH).verify(root, Side.RESPONDER, sent))
                .isFalse();
        assertThat(new MembershipProof(A, B, NONCE_A, NONCE_B, other).verify(root, Side.RESPONDER, sent))
                .isFalse();
        assertThat(proof.verify(new AuthRoot(SecretBytes.take(other.value().toByteArray())), Side.RESPONDER, sent))
                .isFalse();
    }
}
