// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.Registration;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.EpochRecord;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.groups.SchemeView;
import org.sekisho.codec.group.RosterCodec;

/** The groups service as far as the store asks it. */
final class FakeGroups implements Groups, GroupHistory {

    private final World world;

    FakeGroups(World world) {
        this.world = world;
    }

    @Override
    public GroupView group(Caller caller, GroupId group) {
        world.requireMember(caller);
        GroupFacts.Epoch current = world.epochs.get(world.epochs.size() - 1);
        return new GroupView(
                group,
                policy(),
                "test",
                true,
                "",
                world.roster().seq(),
                World.hash(world.roster()),
                world.roster().entries().stream().map(RosterEntry::leaf).toList(),
                world.epoch(),
                Optional.of(current.hash()),
                GroupView.State.ACTIVE,
                "",
                0,
                0,
                0,
                world.now());
    }

    private Policy policy() {
        return new Policy(
                "title",
                Octets.of(new byte[32]),
                Octets.of(new byte[32]),
                1,
                "test",
                List.of("test"),
                true,
                Admission.everybody(),
                false,
                false,
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                world.history,
                100,
                1 << 20);
    }

    @Override
    public ChainPage chain(Caller caller, GroupId group, Optional<String> cursor) {
        world.requireMember(caller);
        List<Octets> rosters = world.rosters.stream()
                .map(world::signed)
                .map(RosterCodec::encode)
                .toList();
        return new ChainPage(Octets.of(new byte[16]), List.of(), rosters, List.of(), List.of(), Optional.empty());
    }

    @Override
    public Page<EpochRecord> epochs(Caller caller, GroupId group, long after, int limit) {
        world.requireMember(caller);
        return new Page<>(
                world.epochs.stream()
                        .skip(after)
                        .limit(limit)
                        .map(e -> new EpochRecord(e.header(), e.hash(), LeafId.of(new byte[32]), Octets.EMPTY, e.at()))
                        .toList(),
                Optional.empty());
    }

    @Override
    public GroupView create(Caller caller, Octets genesis) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<GroupView> groups(Caller caller, Optional<String> cursor, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Receipt submit(Caller caller, GroupId group, Octets signedEnvelope) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Receipt post(Caller caller, GroupId group, Octets sealedMessage) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LogEntry> read(Caller caller, GroupId group, long after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration watch(Caller caller, GroupId group, Runnable onNews) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SchemeView> schemes(Caller caller) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GroupView suspend(Caller caller, GroupId group, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GroupView resume(Caller caller, GroupId group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> inspect(Caller caller, GroupId group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Receipt request(Caller caller, GroupId group, String name, Octets args) {
        throw new UnsupportedOperationException();
    }
}
