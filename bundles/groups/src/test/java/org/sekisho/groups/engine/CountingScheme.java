// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Capability;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;

/** Counts what it is asked to: the head is the count, each request leaves a part. */
final class CountingScheme implements GroupKeyScheme {

    private final int version;

    CountingScheme(int version) {
        this.version = version;
    }

    @Override
    public SchemeDescriptor descriptor() {
        return new SchemeDescriptor("counting", version, 1, Set.of(Capability.SERVER_BLIND), "it counts");
    }

    @Override
    public Step create(Ctx ctx, Octets params) {
        return Step.next(Octets.ofLong(0));
    }

    @Override
    public Step handle(Ctx ctx, Octets head, Event event) {
        if (event instanceof Event.Request r) {
            return request(ctx, head, r);
        }
        if (event instanceof Event.Message m && m.type().equals("counting/boom")) {
            throw new IllegalStateException("boom");
        }
        if (event instanceof Event.Message m && m.type().equals("counting/full")) {
            return new Step.Refuse(ErrorCode.QUEUE_FULL, "no room");
        }
        return Step.next(Octets.ofLong(head.toLong() + 100));
    }

    private Step request(Ctx ctx, Octets head, Event.Request r) {
        long next = head.toLong() + 1;
        return switch (r.name()) {
            case "add" ->
                new Step.Next(
                        Octets.ofLong(next),
                        List.of(new Step.Part("n/" + String.format("%04d", next), Optional.of(r.args()))),
                        List.of());
            case "drop" ->
                new Step.Next(
                        head,
                        ctx.partKeys("n/", "", 1).stream()
                                .map(k -> new Step.Part(k, Optional.empty()))
                                .toList(),
                        List.of());
            case "timer" -> Step.next(head, new Effect.SetTimer("t", Duration.ofSeconds(5)));
            case "notice" -> Step.next(Octets.ofLong(next), new Effect.Notice("again", r.args()));
            case "refuse" -> new Step.Refuse(ErrorCode.POLICY_VIOLATION, "no");
            case "boom" -> throw new IllegalStateException("boom");
            default -> throw new StackOverflowError();
        };
    }

    @Override
    public Octets migrate(int fromVersion, Octets head) {
        return Octets.ofLong(head.toLong() + 1000);
    }

    @Override
    public Map<String, String> inspect(Octets head) {
        return Map.of("count", String.valueOf(head.toLong()));
    }
}
