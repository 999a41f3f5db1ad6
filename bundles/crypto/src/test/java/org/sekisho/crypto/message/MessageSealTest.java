// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.codec.MalformedException;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.Samples;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.schedule.SenderRoot;

class MessageSealTest {

    private final Entropy entropy = new SystemEntropy();
    private final MessageScope scope =
            new MessageScope(GroupId.of(Samples.counting(1, 16)), 7, new Hash(Samples.frozen("epochHash")));
    private final SenderRoot root = new SenderRoot(
            org.sekisho.api.SecretBytes.take(Samples.frozen("schedule.sender").toByteArray()));
    private final LeafId alice = new LeafId(Samples.octets(0xc0, 32));
    private final SigningKey aliceKey = SigningKey.of(Samples.secret(0x20, 32));
    private final MessageOpener opener = new MessageOpener(scope, root, Aead.AES_256_GCM);
    private final MessageWindow window = new MessageWindow();
    private final byte[] text = "関所".getBytes(UTF_8);

    @ParameterizedTest
    @EnumSource
    void sealsTheFrozenMessage(Aead aead) {
        Octets incarnation = Samples.octets(0xe0, 16);
        try (var sender = new SenderContext(
                scope, alice, root, aliceKey::sign, aead, Samples.scripted(incarnation.toByteArray()))) {
            Octets sealed = sender.seal("text/plain", text);

            assertThat(sealed).isEqualTo(Samples.frozen(aead == Aead.AES_256_GCM ? "message.aes" : "message.chacha"));
            Opened opened = new MessageOpener(scope, root, aead)
                    .open(MessageFrame.decode(sealed), aliceKey.verifyingKey(), window);
            assertThat(opened).isEqualTo(new Opened(alice, incarnation, 0, "text/plain", Octets.of(text)));
        }
    }

    @Test
    void everyChangedBitIsNoticedAndLeavesNoTrace() {
        Octets sealed = sender().seal("text/plain", text);
        for (int bit = 0; bit < 8 * sealed.size(); bit++) {
            Octets changed = Samples.flip(sealed, bit / 8, bit);
            assertThatThrownBy(() -> open(changed))
                    .as("bit %d", bit)
                    .isInstanceOfAny(AuthenticationFailedException.class, MalformedException.class);
        }
        assertThat(window.encode()).isEqualTo(new MessageWindow().encode());
        assertThat(open(sealed).plaintext()).isEqualTo(Octets.of(text));
    }

    @Test
    void everyTruncationIsMalformed() {
        Octets sealed = sender().seal("text/plain", text);
        for (int length = 0; length < sealed.size(); length++) {
            Octets cut = sealed.slice(0, length);
            assertThatThrownBy(() -> open(cut)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> MessageFrame.decode(Octets.of(new byte[MessageFrame.MAX_SIZE + 1])))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void replayIsRefusedAtOnceAndAfterRestart() {
        Octets sealed = sender().seal("text/plain", text);
        open(sealed);

        assertReplayed(sealed, window, Admission.REPLAYED);
        assertReplayed(sealed, MessageWindow.decode(window.encode()), Admission.REPLAYED);
    }

    @Test
    void orderDoesNotMatterWithinTheWindow() {
        SenderContext sender = sender();
        Octets first = sender.seal("text/plain", text);
        Octets second = sender.seal("text/plain", text);
        assertThat(open(second).seq()).isEqualTo(1);
        assertThat(open(first).seq()).isZero();
    }

    @Test
    void messageOfAnotherGroupEpochOrBranchIsRefused() {
        Octets sealed = sender().seal("text/plain", text);
        Hash otherHash = Sha256.hash(Octets.EMPTY);
        Hash samePrefix = new Hash(Octets.concat(
                scope.epochHash().value().slice(0, 16), otherHash.value().slice(16, 32)));
        for (MessageScope other : new MessageScope[] {
            new MessageScope(GroupId.of(new byte[16]), 7, scope.epochHash()),
            new MessageScope(scope.group(), 8, scope.epochHash()),
            new MessageScope(scope.group(), 7, otherHash),
            new MessageScope(scope.group(), 7, samePrefix)
        }) {
            var elsewhere = new MessageOpener(other, root, Aead.AES_256_GCM);
            assertThatThrownBy(() -> elsewhere.open(MessageFrame.decode(sealed), aliceKey.verifyingKey(), window))
                    .isInstanceOf(AuthenticationFailedException.class);
        }
    }

    /** Protocol note F8: who is a member of both branches cannot carry a signed text over. */
    @Test
    void app_message_rewrapped_into_other_branch_rejected() {
        Octets signedInBranchA = signedPlaintext(sender().seal("text/plain", text));
        var branchB = new MessageScope(scope.group(), scope.epoch(), Sha256.hash(Octets.utf8("branch b")));
        Octets rewrapped = wrap(branchB, signedInBranchA);

        var opener = new MessageOpener(branchB, root, Aead.AES_256_GCM);
        assertThatThrownBy(() -> opener.open(MessageFrame.decode(rewrapped), aliceKey.verifyingKey(), window))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void memberCannotSpeakForAnother() {
        SigningKey mallory = SigningKey.of(Samples.secret(0x21, 32));
        try (var forging = new SenderContext(scope, alice, root, mallory::sign, Aead.AES_256_GCM, entropy)) {
            Octets forged = forging.seal("text/plain", text);
            assertThatThrownBy(() -> open(forged)).isInstanceOf(AuthenticationFailedException.class);
        }
    }

    @Test
    void messageShorterThanASignatureIsRefused() {
        Octets wrapped = wrap(scope, Samples.octets(0, 63));
        assertThatThrownBy(() -> open(wrapped)).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void emptyAndLongestMessagesPassAndLongerAreRefused() {
        SenderContext sender = sender();
        assertThat(open(sender.seal("", new byte[0])).plaintext()).isEqualTo(Octets.EMPTY);
        Octets longest = sender.seal("x".repeat(MessageFrame.MAX_CONTENT_TYPE), new byte[MessageSeal.MAX_PLAINTEXT]);
        assertThat(longest.size()).isLessThanOrEqualTo(MessageFrame.MAX_SIZE);
        assertThat(open(longest).plaintext().size()).isEqualTo(MessageSeal.MAX_PLAINTEXT);
        assertThatThrownBy(() -> sender.seal("", new byte[MessageSeal.MAX_PLAINTEXT + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sender.seal("x".repeat(MessageFrame.MAX_CONTENT_TYPE + 1), text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Promise P11: each object has its own incarnation, and each message its own number, under many threads too. */
    @Test
    void noncesNeverRepeat() {
        Set<Octets> used = ConcurrentHashMap.newKeySet();
        for (int restart = 0; restart < 10; restart++) {
            SenderContext sender = sender();
            IntStream.range(0, 200).parallel().forEach(i -> {
                MessageFrame frame = MessageFrame.decode(sender.seal("text/plain", text));
                used.add(Octets.concat(frame.incarnation(), Octets.ofLong(frame.seq())));
            });
        }
        assertThat(used).hasSize(2_000);
    }

    @Test
    void sequenceNumbersEnd() {
        var sender =
                new SenderContext(scope, alice, root, aliceKey::sign, Aead.AES_256_GCM, entropy, MessageFrame.MAX_SEQ);
        assertThat(open(sender.seal("text/plain", text)).seq()).isEqualTo(MessageFrame.MAX_SEQ);
        assertThatThrownBy(() -> sender.seal("text/plain", text)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedContextSealsNoMore() {
        SenderContext sender = sender();
        sender.close();
        assertThatThrownBy(() -> sender.seal("text/plain", text)).isInstanceOf(IllegalStateException.class);
    }

    /** Protocol note F22: the sixty-fifth incarnation is refused, and the first is not forgotten for it. */
    @Test
    void incarnationsAreLimitedAndNeverEvicted() {
        Set<Octets> genuine = new HashSet<>();
        for (int i = 0; i < MessageWindow.MAX_INCARNATIONS; i++) {
            Octets sealed = sender().seal("text/plain", text);
            open(sealed);
            genuine.add(sealed);
        }
        assertReplayed(sender().seal("text/plain", text), window, Admission.TOO_MANY_INCARNATIONS);
        genuine.forEach(one -> assertReplayed(one, window, Admission.REPLAYED));
    }

    private SenderContext sender() {
        return new SenderContext(scope, alice, root, aliceKey::sign, Aead.AES_256_GCM, entropy);
    }

    private Opened open(Octets sealed) {
        return opener.open(MessageFrame.decode(sealed), aliceKey.verifyingKey(), window);
    }

    private void assertReplayed(Octets sealed, MessageWindow at, Admission why) {
        assertThatThrownBy(() -> opener.open(MessageFrame.decode(sealed), aliceKey.verifyingKey(), at))
                .isInstanceOfSatisfying(
                        ReplayedException.class, e -> assertThat(e.admission()).isEqualTo(why));
    }

    private Octets signedPlaintext(Octets sealed) {
        MessageFrame frame = MessageFrame.decode(sealed);
        try (var key = org.sekisho.crypto.schedule.KeySchedule.senderKey(root, alice, frame.incarnation())) {
            return Octets.of(Aead.AES_256_GCM.open(
                    key.bytes(),
                    MessageSeal.nonce(frame.seq()),
                    MessageSeal.associatedData(scope, alice, frame.incarnation(), frame.seq(), frame.contentType()),
                    frame.sealed().toByteArray()));
        }
    }

    private Octets wrap(MessageScope to, Octets signedPlaintext) {
        Octets incarnation = Octets.of(entropy.next(16));
        try (var key = org.sekisho.crypto.schedule.KeySchedule.senderKey(root, alice, incarnation)) {
            byte[] sealed = Aead.AES_256_GCM.seal(
                    key.bytes(),
                    MessageSeal.nonce(0),
                    MessageSeal.associatedData(to, alice, incarnation, 0, "text/plain"),
                    signedPlaintext.toByteArray());
            return new MessageFrame(
                            to.epoch(), MessageFrame.prefix(to), alice, incarnation, 0, "text/plain", Octets.of(sealed))
                    .encode();
        }
    }
}
