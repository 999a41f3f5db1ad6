// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.Aead;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.message.MessageFrame;
import org.sekisho.crypto.message.MessageOpener;
import org.sekisho.crypto.message.MessageScope;
import org.sekisho.crypto.message.MessageWindow;
import org.sekisho.crypto.message.SenderContext;
import org.sekisho.crypto.schedule.EpochSecrets;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.SchemeSecret;

/** Sealing and opening one message, against the bare primitives it is made of. */
final class SealBench implements Benchmark {

    private static final byte[] TEXT =
            "A message of about one hundred octets, as people write them: come at nine, gate four, hard hats."
                    .getBytes(StandardCharsets.UTF_8);

    @Override
    public String name() {
        return "seal";
    }

    @Override
    public List<Figure> run() throws Exception {
        SystemEntropy entropy = new SystemEntropy();
        Octets zeros = Octets.of(new byte[32]);
        MessageScope scope = new MessageScope(new GroupId(zeros.slice(0, 16)), 1, new Hash(zeros));
        LeafId leaf = new LeafId(zeros);
        SigningKey key = SigningKey.generate(entropy);
        try (EpochSecrets secrets =
                        KeySchedule.derive(new Hash(zeros), new SchemeSecret(SecretBytes.take(entropy.next(32))));
                SenderContext sender =
                        new SenderContext(scope, leaf, secrets.live().sender(), key::sign, Aead.AES_256_GCM, entropy);
                SecretBytes raw = SecretBytes.take(entropy.next(32))) {
            MessageOpener opener = new MessageOpener(scope, secrets.live().sender(), Aead.AES_256_GCM);
            MessageWindow window = new MessageWindow();
            Sampler sampler = new Sampler(15, 200);
            Sampler.Task subject =
                    () -> opener.open(MessageFrame.decode(sender.seal("text/plain", TEXT)), key.verifyingKey(), window);
            Octets nonce = zeros.slice(0, 12);
            Octets text = Octets.of(TEXT);
            Sampler.Task baseline = () -> {
                Octets signature = key.sign("app", text);
                byte[] sealed = Aead.AES_256_GCM.seal(raw, nonce, zeros, TEXT);
                byte[] opened = Aead.AES_256_GCM.open(raw, nonce, zeros, sealed);
                return key.verifyingKey().verify("app", Octets.of(opened), signature);
            };
            return List.of(sampler.compare(
                    "message.seal_and_open", subject, "AES-256-GCM seal+open and Ed25519 sign+verify", baseline));
        }
    }
}
