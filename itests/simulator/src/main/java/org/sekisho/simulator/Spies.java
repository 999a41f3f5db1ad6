// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochCommit;
import org.sekisho.api.group.Roster;
import org.sekisho.api.groups.GroupChain;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.codec.group.EpochCodec;
import org.sekisho.codec.group.RosterCodec;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.schedule.KeySchedule;
import org.sekisho.crypto.schedule.SchemeSecret;

/**
 * P5: the server and one leaf put together all they ever held and try every derivation of the scheme. No epoch that the leaf
 * does not belong to may open; some of those it belongs to must, or the attempt proves nothing.
 */
final class Spies implements Lens {

    private final Loot server = new Loot();
    private final Map<LeafId, Loot> leaves = new HashMap<>();

    @Override
    public GroupKeyScheme over(GroupKeyScheme scheme, Optional<LeafId> leaf) {
        return new Tap(
                scheme,
                leaf.map(l -> leaves.computeIfAbsent(l, any -> new Loot())).orElse(server),
                server);
    }

    /** How many keys a leaf and the server derived of epochs the leaf belongs to; of all others, it throws. */
    long judge(Scene scene) {
        Optional<GroupChain> chain = chain(scene);
        if (chain.isEmpty()) {
            return 0;
        }
        Map<Hash, Roster> rosters = new HashMap<>();
        for (Octets encoded : chain.get().rosters()) {
            var signed = RosterCodec.decodeSigned(encoded);
            rosters.put(Sha256.hash(signed.encoded()), signed.roster());
        }
        List<EpochCommit> commits = new ArrayList<>();
        chain.get()
                .commits()
                .forEach(c -> commits.add(EpochCodec.decodeSigned(c).commit()));
        long opened = leaves.entrySet().stream()
                .mapToLong(e -> judge(scene, e.getKey(), e.getValue(), commits, rosters))
                .sum();
        return opened;
    }

    private long judge(Scene scene, LeafId leaf, Loot loot, List<EpochCommit> commits, Map<Hash, Roster> rosters) {
        Set<Octets> secrets = scene.schemes.get(0).derivations().secrets(scene.group, server, loot);
        long own = 0;
        for (EpochCommit commit : commits) {
            boolean opened = secrets.stream().anyMatch(secret -> opens(commit, secret));
            if (opened && !rosters.get(commit.header().rosterHash()).contains(leaf)) {
                throw scene.ledger.violation(leaf + " and the server derived the key of epoch "
                        + commit.header().epoch());
            }
            own += opened ? 1 : 0;
        }
        return own;
    }

    private static boolean opens(EpochCommit commit, Octets secret) {
        try (SchemeSecret candidate = new SchemeSecret(SecretBytes.take(secret.toByteArray()))) {
            Hash headerHash = Sha256.hash(EpochCodec.encode(commit.header()));
            return KeySchedule.confirmTag(headerHash, candidate).equals(commit.confirmTag());
        }
    }

    private static Optional<GroupChain> chain(Scene scene) {
        return scene.view().members().stream()
                .findFirst()
                .map(leaf ->
                        GroupChain.of(page -> scene.gateway.host().chain(SimGateway.caller(leaf), scene.group, page)));
    }
}
