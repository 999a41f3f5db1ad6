// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import java.util.Arrays;
import org.sekisho.api.Octets;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.SenderKey;
import org.sekisho.crypto.schedule.SenderRoot;

/**
 * Opens what the members of one epoch send.
 *
 * <p>Guarantees: what is returned was signed by the named leaf for exactly this group, epoch and branch, and was not
 * returned before by the same window. The window changes only when that is so.
 *
 * <p>Threads: safe, but a {@link MessageWindow} serves one thread at a time.
 */
public final class MessageOpener {

    private final MessageScope scope;
    private final SenderRoot root;
    private final Aead aead;

    /** Opens for {@code scope}; {@code root} stays the caller's, and closing it ends this object. */
    public MessageOpener(MessageScope scope, SenderRoot root, Aead aead) {
        this.scope = scope;
        this.root = root;
        this.aead = aead;
    }

    /**
     * Opens {@code frame}.
     *
     * @param sender the key that the epoch's roster gives for {@code frame.leaf()}; a leaf that is not in the roster is
     *     the caller's to refuse
     * @param window what was received from that leaf in this epoch; the caller stores it with the message
     * @throws AuthenticationFailedException when the frame is of another epoch or branch, or any byte of it is wrong
     * @throws ReplayedException when the frame is genuine, but not new
     */
    public Opened open(MessageFrame frame, VerifyingKey sender, MessageWindow window) {
        if (!frame.claims(scope)) {
            throw new AuthenticationFailedException();
        }
        Octets associatedData =
                MessageSeal.associatedData(scope, frame.leaf(), frame.incarnation(), frame.seq(), frame.contentType());
        byte[] signed = decrypt(frame, associatedData);
        int length = signed.length - SigningKey.SIGNATURE_SIZE;
        if (length < 0) {
            throw new AuthenticationFailedException();
        }
        byte[] plaintext = Arrays.copyOf(signed, length);
        Octets signature = Octets.of(signed, length, SigningKey.SIGNATURE_SIZE);
        sender.require(MessageSeal.LABEL, MessageSeal.toSign(associatedData, plaintext), signature);
        Admission admission = window.admit(frame.incarnation(), frame.seq());
        if (admission != Admission.FRESH) {
            throw new ReplayedException(admission);
        }
        return new Opened(frame.leaf(), frame.incarnation(), frame.seq(), frame.contentType(), Octets.of(plaintext));
    }

    private byte[] decrypt(MessageFrame frame, Octets associatedData) {
        try (SenderKey key = KeySchedule.senderKey(root, frame.leaf(), frame.incarnation())) {
            return aead.open(
                    key.bytes(),
                    MessageSeal.nonce(frame.seq()),
                    associatedData,
                    frame.sealed().toByteArray());
        }
    }
}
