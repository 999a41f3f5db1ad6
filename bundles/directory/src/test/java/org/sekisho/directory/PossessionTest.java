// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sekisho.directory.Gateway.ENTROPY;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.directory.Registering;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.X25519;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Fingerprint;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.LeafIds;

/** Certificates that hold another key than the identity key (protocol notes R39). */
class PossessionTest {

    private final Gateway gateway = new Gateway();
    private final KeyPair keys = KeyAlgorithm.P256.generate(ENTROPY);
    private final X500Principal subject = new X500Principal("CN=Alice,O=Enterprise");
    private final X509Certificate certificate = gateway.enterprise.issueClient(
            keys.getPublic(), subject, List.of(), gateway.clock.instant(), Duration.ofDays(30));
    private final LeafId leaf = LeafIds.newDevice(gateway.enterprise.certificate(), subject, ENTROPY);
    private final SigningKey idKey = SigningKey.generate(ENTROPY);
    private final Octets hpkeKey = X25519.publicKey(X25519.generate(ENTROPY));
    private final Caller caller = gateway.directory.authenticate(List.of(certificate));

    private Registering registering(SigningKey claimed, Optional<Octets> possession) {
        Octets key = claimed.verifyingKey().bytes();
        return new Registering(
                leaf,
                key,
                hpkeKey,
                Certificates.encoded(certificate),
                LeafBinding.sign(keys.getPrivate(), certificate, leaf, key, hpkeKey),
                possession);
    }

    @Test
    void who_holds_both_keys_registers() {
        Optional<Octets> possession = LeafBinding.possession(idKey, certificate, leaf, hpkeKey);
        Participant entry = gateway.directory.register(caller, registering(idKey, possession));
        assertThat(entry.possession()).isEqualTo(possession).isPresent();
        assertThat(entry.fingerprint())
                .isEqualTo(Fingerprint.of(idKey.verifyingKey().bytes()))
                .matches("(\\d{5} ){11}\\d{5}");
        assertThat(gateway.directory.participant(Gateway.ADMIN, leaf)).isEqualTo(entry);
    }

    @Test
    void anothers_identity_key_cannot_be_claimed() {
        SigningKey bobs = SigningKey.generate(ENTROPY);
        LeafId other = LeafIds.newDevice(gateway.enterprise.certificate(), subject, ENTROPY);
        List<Optional<Octets>> claims = List.of(
                Optional.empty(),
                LeafBinding.possession(idKey, certificate, leaf, hpkeKey),
                LeafBinding.possession(bobs, certificate, other, hpkeKey),
                LeafBinding.possession(bobs, certificate, leaf, X25519.publicKey(X25519.generate(ENTROPY))),
                Optional.of(LeafBinding.sign(
                        keys.getPrivate(),
                        certificate,
                        leaf,
                        bobs.verifyingKey().bytes(),
                        hpkeKey)));
        for (Optional<Octets> claim : claims) {
            assertThatThrownBy(() -> gateway.directory.register(caller, registering(bobs, claim)))
                    .isInstanceOfSatisfying(
                            RejectedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_SIGNATURE));
        }
    }

    @Test
    void the_certificates_own_key_needs_no_second_proof() {
        assertThat(gateway.person().member("CN=Bob").possession()).isEmpty();
    }
}
