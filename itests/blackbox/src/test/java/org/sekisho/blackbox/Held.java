// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Brings the server side of a group on key derivation to a phase and keeps it there, with nothing but SIGSTOP: of three processes
 * one at a time is held back, so that the server waits for it alone. A phase lasts until the server's patience with the one that
 * is held ends, five seconds.
 */
final class Held {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final SchemeState scheme;
    private final String instance;
    private final RemotePerson sponsor;
    private final RemotePerson one;
    private final RemotePerson other;
    private final List<RemotePerson> all;

    /**
     * @param instance empty, or {@code next.} for the scheme that is being switched to
     * @param sponsor who is asked to commit, for the phase AWAIT_COMMIT
     */
    Held(SchemeState scheme, String instance, RemotePerson sponsor, List<RemotePerson> processes) {
        List<RemotePerson> others = processes.stream().filter(p -> p != sponsor).toList();
        this.scheme = scheme;
        this.instance = instance;
        this.sponsor = sponsor;
        this.one = others.get(0);
        this.other = others.get(1);
        this.all = processes;
    }

    /** Something that makes the server begin an operation with all of them. */
    interface Order {
        void give() throws IOException, InterruptedException;
    }

    /** True: the server is in {@code phase}, and waits for one process that is held. */
    boolean bringTo(String phase, Order order) throws IOException, InterruptedException {
        one.hold();
        order.give();
        if (!waits("ROUND_1", one)) {
            return false;
        }
        if (phase.equals("ROUND_1")) {
            return true;
        }
        // its D1 is in: of the second round it will be the last
        other.hold();
        one.release();
        if (!waits("ROUND_2", other)) {
            return false;
        }
        if (phase.equals("ROUND_2")) {
            return true;
        }
        one.hold();
        other.release();
        if (!waits("CONFIRM", one)) {
            return false;
        }
        if (phase.equals("CONFIRM")) {
            return true;
        }
        sponsor.hold();
        one.release();
        return waits("AWAIT_COMMIT", sponsor);
    }

    private boolean waits(String phase, RemotePerson only) throws InterruptedException {
        return Deadline.await(PATIENCE, () -> scheme.waits(instance, phase, only.leaf()));
    }

    /** Whether the phase still lasts. */
    boolean lasts(String phase) {
        return scheme.waits(instance, phase, last(phase).leaf());
    }

    /** Who has done its part of this phase, and runs; in AWAIT_COMMIT who is to commit, and is held. */
    RemotePerson done(String phase) {
        return switch (phase) {
            case "ROUND_1", "CONFIRM" -> other;
            case "ROUND_2" -> one;
            default -> sponsor;
        };
    }

    /** Who is held, and waited for. */
    private RemotePerson last(String phase) {
        return switch (phase) {
            case "ROUND_1", "CONFIRM" -> one;
            case "ROUND_2" -> other;
            default -> sponsor;
        };
    }

    void release() throws IOException, InterruptedException {
        for (RemotePerson process : all) {
            process.release();
        }
    }
}
