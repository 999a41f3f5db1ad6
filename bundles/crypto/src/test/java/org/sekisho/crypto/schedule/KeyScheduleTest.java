// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.MalformedException;
import org.sekisho.crypto.Samples;
import org.sekisho.crypto.Sha256;

class KeyScheduleTest {

    private final Octets header = Samples.frozen("header");
    private final Hash headerHash = Sha256.hash(header);
    private final LeafId leaf = new LeafId(Samples.octets(0xc0, 32));

    @Test
    void derivesTheFrozenSecrets() {
        EpochSecrets secrets = KeySchedule.derive(headerHash, scheme());

        assertThat(secrets.live().confirm().bytes()).isEqualTo(frozen("schedule.confirm"));
        assertThat(secrets.live().exporter().bytes()).isEqualTo(frozen("schedule.exporter"));
        assertThat(secrets.live().sender().bytes()).isEqualTo(frozen("schedule.sender"));
        assertThat(secrets.live().auth().bytes()).isEqualTo(frozen("schedule.auth"));
        assertThat(secrets.live().reinit().bytes()).isEqualTo(frozen("schedule.reinit"));
        assertThat(secrets.store().pre().bytes()).isEqualTo(frozen("schedule.pre"));
        assertThat(secrets.store().sse().bytes()).isEqualTo(frozen("schedule.sse"));
    }

    @Test
    void derivesTheFrozenTags() {
        LiveSecrets live = KeySchedule.derive(headerHash, scheme()).live();
        Octets tag = KeySchedule.confirmTag(headerHash, live.confirm());
        Octets leafTag = KeySchedule.leafConfirmTag(headerHash, leaf, live.confirm());

        assertThat(tag).isEqualTo(Samples.frozen("confirmTag"));
        assertThat(KeySchedule.confirmTag(headerHash, scheme())).isEqualTo(tag);
        assertThat(leafTag).isEqualTo(Samples.frozen("leafConfirmTag"));
        assertThat(KeySchedule.epochHash(header, tag).value()).isEqualTo(Samples.frozen("epochHash"));
        assertThat(KeySchedule.confirms(headerHash, live.confirm(), tag)).isTrue();
        assertThat(KeySchedule.confirms(headerHash, live.confirm(), leafTag)).isFalse();
        assertThat(KeySchedule.leafConfirms(headerHash, leaf, live.confirm(), leafTag))
                .isTrue();
        assertThat(KeySchedule.leafConfirms(headerHash, leaf, live.confirm(), tag))
                .isFalse();
    }

    @Test
    void derivesTheFrozenExportsAndKeys() {
        LiveSecrets live = KeySchedule.derive(headerHash, scheme()).live();
        SecretBytes psk =
                KeySchedule.reinitPsk(live.reinit(), Samples.octets(5, 16), "dmkd", Sha256.hash(Octets.utf8("reinit")));

        assertThat(KeySchedule.export(live.exporter(), "files", Cbor.encode(1), 16))
                .isEqualTo(frozen("export"));
        assertThat(KeySchedule.internal(live.exporter(), "files", Cbor.encode(1), 16))
                .isEqualTo(frozen("internal"));
        assertThat(psk).isEqualTo(frozen("reinitPsk"));
        assertThat(KeySchedule.withPsk(psk, new SchemeSecret(Samples.secret(6, 32)))
                        .bytes())
                .isEqualTo(frozen("withPsk"));
        assertThat(KeySchedule.senderKey(live.sender(), leaf, Samples.octets(0xe0, 16))
                        .bytes())
                .isEqualTo(frozen("senderKey"));
    }

    /** Protocol note F20. */
    @Test
    void schemeSecretIsErasedByDeriving() {
        SchemeSecret scheme = scheme();
        KeySchedule.confirmTag(headerHash, scheme);
        assertThat(scheme.bytes().isClosed()).isFalse();
        KeySchedule.derive(headerHash, scheme);
        assertThat(scheme.bytes().isClosed()).isTrue();
    }

    @Test
    void allSecretsDifferAndDependOnTheHeader() {
        EpochSecrets one = KeySchedule.derive(headerHash, scheme());
        EpochSecrets other = KeySchedule.derive(Sha256.hash(headerHash.value()), scheme());
        List<SecretBytes> all = List.of(
                one.live().confirm().bytes(),
                one.live().exporter().bytes(),
                one.live().sender().bytes(),
                one.live().auth().bytes(),
                one.live().reinit().bytes(),
                one.store().pre().bytes(),
                one.store().sse().bytes(),
                other.live().confirm().bytes(),
                other.store().pre().bytes());
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(all.get(i)).isNotEqualTo(all.get(j));
            }
        }
    }

    /** Protocol note F20: no application label reaches what bundles derive. */
    @Test
    void applicationsCannotNameInternalLabels() {
        ExporterSecret exporter =
                KeySchedule.derive(headerHash, scheme()).live().exporter();
        Octets none = Cbor.encode();
        SecretBytes internal = KeySchedule.internal(exporter, "x", none, 32);
        for (String label : List.of("x", "int/x", "../int/x", "/int/x")) {
            assertThat(KeySchedule.export(exporter, label, none, 32)).isNotEqualTo(internal);
        }
        assertThatThrownBy(() -> KeySchedule.export(exporter, "", none, 32))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeySchedule.export(exporter, "x".repeat(65), none, 32))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsSurviveStorage() {
        EpochSecrets secrets = KeySchedule.derive(headerHash, scheme());
        LiveSecrets live = LiveSecrets.decode(secrets.live().encode());
        StoreSecrets store = StoreSecrets.decode(secrets.store().encode());

        assertThat(live.encode()).isEqualTo(secrets.live().encode());
        assertThat(live.sender().bytes()).isEqualTo(secrets.live().sender().bytes());
        assertThat(store.sse().bytes()).isEqualTo(secrets.store().sse().bytes());
        assertThatThrownBy(() -> LiveSecrets.decode(secrets.store().encode())).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> StoreSecrets.decode(SecretBytes.copyOf(
                        Cbor.encode(1, new byte[32], new byte[31]).toByteArray())))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void closingErasesEverything() {
        EpochSecrets secrets = KeySchedule.derive(headerHash, scheme());
        secrets.close();
        assertThat(secrets.live().sender().bytes().isClosed()).isTrue();
        assertThat(secrets.live().exporter().bytes().isClosed()).isTrue();
        assertThat(secrets.live().confirm().bytes().isClosed()).isTrue();
        assertThat(secrets.live().auth().bytes().isClosed()).isTrue();
        assertThat(secrets.live().reinit().bytes().isClosed()).isTrue();
        assertThat(secrets.store().pre().bytes().isClosed()).isTrue();
        assertThat(secrets.store().sse().bytes().isClosed()).isTrue();
    }

    @Test
    void secretsHaveThirtyTwoBytes() {
        SecretBytes shorter = Samples.secret(0, 31);
        assertThatThrownBy(() -> new SchemeSecret(shorter)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SenderRoot(shorter)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SchemeSecret scheme() {
        return new SchemeSecret(Samples.secret(0, 32));
    }

    private static SecretBytes frozen(String name) {
        return SecretBytes.take(Samples.frozen(name).toByteArray());
    }
}
