// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.groups.member.Outgoing;

/** Carries octets between members and the gateway, and loses, repeats and falsifies some. */
final class Post {

    /** A request as it was on the wire. */
    private record Frame(LeafId caller, Outgoing outgoing) {}

    private final Random random;
    private final SimGateway gateway;
    private final List<Frame> recorded = new ArrayList<>();
    private final List<LogEntry> shown = new ArrayList<>();
    private Faults faults;

    Post(Random random, SimGateway gateway, Faults faults) {
        this.random = random;
        this.gateway = gateway;
        this.faults = faults;
    }

    void heal() {
        faults = Faults.NONE;
    }

    boolean lost() {
        return random.nextDouble() < faults.loss();
    }

    boolean forges() {
        return random.nextDouble() < faults.forgeries();
    }

    /** Sends what waits, oldest first, until something is lost. */
    void push(SimMember member, GroupId group) {
        for (Outgoing outgoing : member.host().outbox(group, 10)) {
            if (lost() || !deliver(member, outgoing)) {
                return;
            }
        }
    }

    private boolean deliver(SimMember member, Outgoing outgoing) {
        Frame frame = new Frame(member.leaf(), outgoing);
        recorded.add(frame);
        Optional<ErrorCode> error = submit(frame);
        if (error.isPresent() && error.get().category() == ErrorCode.Category.UNAVAILABLE) {
            return false;
        }
        if (lost()) {
            return false;
        }
        if (error.isPresent()) {
            member.host().refused(outgoing, error.get());
        } else {
            member.host().sent(outgoing);
        }
        return true;
    }

    private Optional<ErrorCode> submit(Frame frame) {
        Outgoing o = frame.outgoing();
        try {
            var caller = SimGateway.caller(frame.caller());
            switch (o.way()) {
                case FOUND -> gateway.host().create(caller, o.bytes());
                case GROUP -> gateway.host().submit(caller, o.group(), o.bytes());
                case MAIL -> gateway.host().mailbox().send(caller, o.to().orElseThrow(), o.bytes());
            }
            return Optional.empty();
        } catch (SekishoException refused) {
            return Optional.of(refused.code());
        }
    }

    /** Sends something recorded again: as who sent it, or as somebody else. */
    void replay(List<SimMember> members) {
        if (recorded.isEmpty()) {
            return;
        }
        Frame old = recorded.get(random.nextInt(recorded.size()));
        LeafId caller = random.nextBoolean()
                ? old.caller()
                : members.get(random.nextInt(members.size())).leaf();
        submit(new Frame(caller, old.outgoing()));
    }

    /** A page of the log for a member; falsified now and then. */
    List<LogEntry> page(SimMember member, GroupId group) {
        List<LogEntry> page;
        try {
            page = gateway.host()
                    .read(SimGateway.caller(member.leaf()), group, member.host().cursor(group), 1 + random.nextInt(20));
        } catch (SekishoException refused) {
            return List.of();
        }
        shown.addAll(page);
        return forges() && !page.isEmpty() ? falsified(page) : page;
    }

    private List<LogEntry> falsified(List<LogEntry> page) {
        List<LogEntry> copy = new ArrayList<>(page);
        int at = random.nextInt(copy.size());
        LogEntry e = copy.get(at);
        LogEntry other = shown.get(random.nextInt(shown.size()));
        copy.set(
                at,
                switch (random.nextInt(4)) {
                    case 0 -> new LogEntry(e.n(), e.kind(), flipped(e.bytes()), e.slice(), e.at());
                    case 1 -> new LogEntry(e.n(), other.kind(), other.bytes(), other.slice(), e.at());
                    case 2 -> new LogEntry(e.n(), e.kind(), e.bytes(), other.slice(), e.at());
                    default ->
                        new LogEntry(e.n(), e.kind(), e.bytes(), e.slice().map(this::flipped), e.at());
                });
        return copy;
    }

    private Octets flipped(Octets bytes) {
        byte[] b = bytes.toByteArray();
        b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
        return Octets.of(b);
    }
}
