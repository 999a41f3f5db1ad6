// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.Optional;
import java.util.function.Function;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SecretBytes;
import org.sekisho.crypto.message.MessageSeal;
import org.sekisho.crypto.schedule.ExporterSecret;
import org.sekisho.crypto.schedule.KeySchedule;

/** What an application does with the keys of an epoch. */
final class Sealing {

    private final MemberParts parts;

    Sealing(MemberParts parts) {
        this.parts = parts;
    }

    Octets seal(GroupId group, String contentType, byte[] plaintext) {
        EpochCache cache = parts.caches().of(group);
        return parts.rows().read(group.value(), tx -> {
            GroupState state = ChainRows.state(tx);
            requireMember(state);
            EpochCache.Opened epoch = cache.find(tx, state.epoch())
                    .orElseThrow(() -> new ConflictException(ErrorCode.EPOCH_UNAVAILABLE, "no keys of this epoch yet"));
            if (!FreshView.isFresh(state, parts.clock().now())) {
                throw new ConflictException(
                        ErrorCode.STALE_VIEW, "no administrator has confirmed this view of the group lately");
            }
            int most = ChainRows.policy(tx, state.policyHash()).maxMessage();
            if (plaintext.length > MessageSeal.MAX_PLAINTEXT) {
                throw tooLong(most);
            }
            Octets sealed = epoch.seal(contentType, plaintext);
            if (sealed.size() > most) {
                throw tooLong(most);
            }
            return sealed;
        });
    }

    private static RejectedException tooLong(int most) {
        return new RejectedException(ErrorCode.LIMIT_EXCEEDED, "sealed message: at most " + most + " octets");
    }

    static void requireMember(GroupState state) {
        if (state.status() == MemberStatus.FORKED) {
            throw new ConflictException(ErrorCode.FORK_DETECTED, "the group has split: nothing is sent any more");
        }
        if (state.status() != MemberStatus.MEMBER) {
            throw new DeniedException(ErrorCode.NOT_A_MEMBER, "not a member of this group");
        }
    }

    SecretBytes export(GroupId group, long epoch, String label, Octets context, int n) {
        EpochCache cache = parts.caches().of(group);
        return parts.rows()
                .read(
                        group.value(),
                        tx -> KeySchedule.export(
                                cache.find(tx, epoch)
                                        .orElseThrow(() -> new ConflictException(
                                                ErrorCode.EPOCH_UNAVAILABLE, "no keys of this epoch"))
                                        .secrets()
                                        .exporter(),
                                label,
                                context,
                                n));
    }

    <T> Optional<T> derive(GroupId group, long epoch, Function<ExporterSecret, T> derivation) {
        EpochCache cache = parts.caches().of(group);
        return parts.rows().read(group.value(), tx -> cache.find(tx, epoch)
                .map(e -> derivation.apply(e.secrets().exporter())));
    }
}
