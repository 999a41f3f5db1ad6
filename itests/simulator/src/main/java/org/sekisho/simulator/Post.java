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
import org.sekisho.api.groups.Receipt;
import org.sekisho.groups.member.Outgoing;

/** Carries octets between members and the gateway, and loses, repeats and falsifies some. */
final class Post {

    /** A request as it was on the wire. */
    private record Frame(LeafId caller, Outgoing outgoing) {}

    private final Random random;
    private final List<Frame> recorded = new ArrayList<>();
    private final List<LogEntry> shown = new ArrayList<>();
    private Faults faults;
    private boolean forgesFirst;
    private int forged;

    Post(Random random, Faults faults) {
        this.random = random;
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
        if (forgesFirst && outgoing.way() != Outgoing.Way.FOUND) {
            forge(member, outgoing);
        }
        Answer answer = submit(member.gateway, frame);
        Optional<ErrorCode> error = answer.refusal();
        if (error.isPresent() && isAnswerless(error.get().category())) {
            return false;
        }
        if (lost()) {
            return false;
        }
        if (error.isPresent()) {
            member.host().refused(outgoing, error.get());
        } else if (answer.done()) {
            member.host().sent(outgoing);
        } else {
            member.host().queued(outgoing);
        }
        return true;
    }

    /** From now on a forgery of every message arrives before it: the same sender and number, another content. */
    void forgeFirst() {
        forgesFirst = true;
    }

    int forged() {
        return forged;
    }

    private void forge(SimMember member, Outgoing o) {
        byte[] bytes = o.bytes().toByteArray();
        bytes[bytes.length / 2] ^= 1;
        Outgoing other = new Outgoing(o.group(), o.n(), o.way(), o.to(), Octets.of(bytes));
        if (submit(member.gateway, new Frame(member.leaf(), other)).refusal().isPresent()) {
            forged++;
        }
    }

    private static boolean isAnswerless(ErrorCode.Category category) {
        return category == ErrorCode.Category.UNAVAILABLE || category == ErrorCode.Category.INDETERMINATE;
    }

    /** What the gateway said: refused, done, or kept for later. */
    private record Answer(Optional<ErrorCode> refusal, boolean done) {}

    private static Answer submit(SimGateway gateway, Frame frame) {
        Outgoing o = frame.outgoing();
        try {
            var caller = SimGateway.caller(frame.caller());
            boolean done = true;
            switch (o.way()) {
                case FOUND -> gateway.host().create(caller, o.bytes());
                case GROUP ->
                    done = gateway.host().submit(caller, o.group(), o.bytes()).state() == Receipt.State.DONE;
                case MAIL ->
                    done = gateway.host()
                                    .mailbox()
                                    .send(caller, o.to().orElseThrow(), o.bytes())
                                    .state()
                            == Receipt.State.DONE;
            }
            return new Answer(Optional.empty(), done);
        } catch (SekishoException refused) {
            return new Answer(Optional.of(refused.code()), false);
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
        submit(members.get(random.nextInt(members.size())).gateway, new Frame(caller, old.outgoing()));
    }

    /** A page of the log for a member; falsified now and then. */
    List<LogEntry> page(SimMember member, GroupId group) {
        List<LogEntry> page;
        try {
            page = member.gateway
                    .host()
                    .read(SimGateway.caller(member.leaf()), group, member.host().cursor(group), 1 + random.nextInt(20));
        } catch (SekishoException refused) {
            return List.of();
        }
        shown.addAll(page);
        return forges() && !page.isEmpty() ? falsified(page) : page;
    }

    /** What waits in a member's mailbox; falsified now and then. */
    List<LogEntry> mail(SimMember member) {
        List<LogEntry> page;
        try {
            page = member.gateway
                    .host()
                    .mailbox()
                    .read(SimGateway.caller(member.leaf()), member.host().mailCursor(), 10);
        } catch (SekishoException refused) {
            return List.of();
        }
        return forges() && !page.isEmpty() && !recorded.isEmpty() ? falsified(page) : page;
    }

    private List<LogEntry> falsified(List<LogEntry> page) {
        List<LogEntry> copy = new ArrayList<>(page);
        int at = random.nextInt(copy.size());
        LogEntry e = copy.get(at);
        LogEntry other = shown.isEmpty() ? e : shown.get(random.nextInt(shown.size()));
        switch (random.nextInt(8)) {
            case 0 -> copy.set(at, with(e, flipped(e.bytes()), e.slice()));
            case 1 -> copy.set(at, new LogEntry(e.n(), other.kind(), other.bytes(), other.slice(), e.at()));
            case 2 -> copy.set(at, with(e, e.bytes(), other.slice()));
            case 3 -> copy.set(at, with(e, e.bytes(), e.slice().map(this::flipped)));
            case 4 -> copy.remove(at);
            case 5 -> {
                LogEntry neighbour = copy.get((at + 1) % copy.size());
                copy.set(at, new LogEntry(e.n(), neighbour.kind(), neighbour.bytes(), neighbour.slice(), e.at()));
                copy.set(
                        (at + 1) % copy.size(),
                        new LogEntry(neighbour.n(), e.kind(), e.bytes(), e.slice(), neighbour.at()));
            }
            default ->
                // ghosts: what a former member or a stranger said, and no honest gateway would have shown
                copy.set(
                        at,
                        new LogEntry(
                                e.n(),
                                LogEntry.Kind.ENVELOPE,
                                recorded.get(random.nextInt(recorded.size()))
                                        .outgoing()
                                        .bytes(),
                                other.slice(),
                                e.at()));
        }
        return copy;
    }

    private static LogEntry with(LogEntry e, Octets bytes, Optional<Octets> slice) {
        return new LogEntry(e.n(), e.kind(), bytes, slice, e.at());
    }

    private Octets flipped(Octets bytes) {
        byte[] b = bytes.toByteArray();
        b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
        return Octets.of(b);
    }
}
