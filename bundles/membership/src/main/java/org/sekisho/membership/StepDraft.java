// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Step;

/**
 * The step a reducer is making: what will be written and done. Schemes extend it by their head, or take {@link #written} and
 * {@link #effects} over into a draft of their own. Lives for one call.
 */
public class StepDraft {

    /** Most keys one look into the parts gives. */
    public static final int PAGE = 256;

    private final Ctx ctx;
    private final Map<String, Optional<Octets>> parts = new TreeMap<>();
    private final List<Effect> effects = new ArrayList<>();

    public StepDraft(Ctx ctx) {
        this.ctx = ctx;
    }

    public final Ctx ctx() {
        return ctx;
    }

    /** The leaf this instance acts for. */
    public final LeafId self() {
        return ctx.self().orElseThrow(() -> new IllegalStateException("a member instance has a leaf"));
    }

    /** The second it is, since 1970. */
    public final long seconds() {
        return ctx.now().getEpochSecond();
    }

    public final Optional<Octets> part(String key) {
        Optional<Octets> written = parts.get(key);
        return written == null ? ctx.part(key) : written;
    }

    /** The first keys with this prefix, in order, at most {@link #PAGE}. */
    public final List<String> keys(String prefix) {
        var keys = new TreeSet<>(ctx.partKeys(prefix, "", PAGE + parts.size()));
        parts.forEach((key, value) -> {
            if (value.isEmpty()) {
                keys.remove(key);
            } else if (key.startsWith(prefix)) {
                keys.add(key);
            }
        });
        return keys.stream().limit(PAGE).toList();
    }

    public final void put(String key, Octets value) {
        parts.put(key, Optional.of(value));
    }

    public final void delete(String key) {
        parts.put(key, Optional.empty());
    }

    public final void deleteAll(String prefix) {
        for (List<String> keys = keys(prefix); !keys.isEmpty(); keys = keys(prefix)) {
            keys.forEach(this::delete);
        }
    }

    public final void effect(Effect effect) {
        effects.add(effect);
    }

    public final void send(Party to, String type, Octets body) {
        effects.add(new Effect.Send(to, type, body));
    }

    public final void send(String type, Octets body, Map<LeafId, Octets> slices) {
        effects.add(new Effect.Send(Party.EVERYONE, type, body, slices));
    }

    public final void timer(String name, java.time.Duration after) {
        effects.add(new Effect.SetTimer(name, after));
    }

    public final void cancel(String name) {
        effects.add(new Effect.CancelTimer(name));
    }

    public final void notice(String name, Octets detail) {
        effects.add(new Effect.Notice(name, detail));
    }

    /** What was written so far. */
    public final List<Step.Part> written() {
        List<Step.Part> all = new ArrayList<>();
        parts.forEach((key, value) -> all.add(new Step.Part(key, value)));
        return all;
    }

    /** What is to be done so far. */
    public final List<Effect> effects() {
        return List.copyOf(effects);
    }

    public final Step next(Octets head) {
        return new Step.Next(head, written(), effects);
    }

    /** The step is refused with {@code code} unless {@code holds}. */
    public static void require(boolean holds, ErrorCode code, String otherwise) {
        if (!holds) {
            throw SekishoException.of(code, otherwise);
        }
    }
}
