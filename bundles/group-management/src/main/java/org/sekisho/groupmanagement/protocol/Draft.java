// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import java.time.Duration;
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

/** The step being made: the state as it will be, and what is to be done. Lives for one call. */
final class Draft<S extends SideState> {

    /** Most keys one look into the parts gives. */
    static final int PAGE = 256;

    final Ctx ctx;
    S state;

    private final Map<String, Optional<Octets>> parts = new TreeMap<>();
    private final List<Effect> effects = new ArrayList<>();

    Draft(Ctx ctx, S state) {
        this.ctx = ctx;
        this.state = state;
    }

    Optional<Octets> part(String key) {
        Optional<Octets> written = parts.get(key);
        return written == null ? ctx.part(key) : written;
    }

    /** The first keys with this prefix, in order, at most {@link #PAGE}. */
    List<String> keys(String prefix) {
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

    void put(String key, Octets value) {
        parts.put(key, Optional.of(value));
    }

    void delete(String key) {
        parts.put(key, Optional.empty());
    }

    void deleteAll(String prefix) {
        for (List<String> keys = keys(prefix); !keys.isEmpty(); keys = keys(prefix)) {
            keys.forEach(this::delete);
        }
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void send(Party to, String type, Octets body) {
        effects.add(new Effect.Send(to, type, body));
    }

    void send(String type, Octets body, Map<LeafId, Octets> slices) {
        effects.add(new Effect.Send(Party.EVERYONE, type, body, slices));
    }

    void timer(String name, Duration after) {
        effects.add(new Effect.SetTimer(name, after));
    }

    void cancel(String name) {
        effects.add(new Effect.CancelTimer(name));
    }

    void notice(String name, Octets detail) {
        effects.add(new Effect.Notice(name, detail));
    }

    Step next() {
        List<Step.Part> written = new ArrayList<>();
        parts.forEach((key, value) -> written.add(new Step.Part(key, value)));
        return new Step.Next(state.encode(), written, effects);
    }

    /** The step is refused with {@code code} unless {@code holds}. */
    static void require(boolean holds, ErrorCode code, String otherwise) {
        if (!holds) {
            throw SekishoException.of(code, otherwise);
        }
    }
}
