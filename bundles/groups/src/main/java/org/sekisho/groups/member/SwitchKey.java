// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.Optional;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.api.store.RowTx;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.LiveSecrets;
import org.sekisho.crypto.schedule.SchemeSecret;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.SwitchCheck;

/**
 * Ties the first epoch of a new scheme to the last of the old (protocol note F19): {@code scheme_secret' = EXT(psk,
 * scheme_secret)}. Done here and nowhere else, for the confirmation tag and for the epoch alike; a scheme never sees the key.
 */
final class SwitchKey {

    private final EpochRows epochs;

    SwitchKey(EpochRows epochs) {
        this.epochs = epochs;
    }

    /**
     * The secret that {@code header}'s epoch is derived from; erases {@code secret}. EPOCH_UNAVAILABLE when the old epoch's keys,
     * which it takes, are not here.
     */
    SchemeSecret bind(RowTx tx, EpochHeader header, SchemeSecret secret) {
        Optional<SignedReinit> reinit =
                MemberSwitch.of(tx, header).filter(r -> r.reinit().usePsk());
        if (reinit.isEmpty()) {
            return secret;
        }
        try (secret;
                SecretBytes psk = psk(tx, reinit.get())) {
            return KeySchedule.withPsk(psk, secret);
        }
    }

    private SecretBytes psk(RowTx tx, SignedReinit signed) {
        Reinit reinit = signed.reinit();
        EpochRows.Entry last = ChainRows.commit(tx, reinit.fromEpoch())
                .flatMap(commit -> epochs.find(
                        tx, reinit.fromEpoch(), GroupHashes.of(commit.commit().header())))
                .filter(EpochRows.Entry::active)
                .orElseThrow(() -> new ConflictException(
                        ErrorCode.EPOCH_UNAVAILABLE, "this leaf has no keys of the old scheme's last epoch"));
        try (LiveSecrets secrets = epochs.open(tx, last)) {
            return KeySchedule.reinitPsk(
                    secrets.reinit(), reinit.reinitId(), reinit.newScheme(), SwitchCheck.hash(signed));
        }
    }
}
