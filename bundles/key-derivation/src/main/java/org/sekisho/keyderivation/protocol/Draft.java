// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.scheme.Step;
import org.sekisho.crypto.NaxosRandom;
import org.sekisho.keyderivation.wire.KeyEquations;
import org.sekisho.membership.StepDraft;

/** The step being made: the state as it will be, and what is to be done. Lives for one call. */
final class Draft<S extends SideState> implements AutoCloseable {

    /** Most keys one look into the parts gives. */
    static final int PAGE = 256;

    private static final String STATIC = "st";

    final Ctx ctx;
    S state;

    private final Map<String, Optional<Octets>> parts = new TreeMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private @Nullable NaxosRandom random;

    Draft(Ctx ctx, S state) {
        this.ctx = ctx;
        this.state = state;
    }

    /** 0035 section 2: the static secret of a new instance. */
    void drawStatic() {
        try (SecretBytes st = SecretBytes.take(ctx.entropy().next(KeyEquations.SIZE))) {
            Secrets.put(this, STATIC, st);
        }
    }

    /** The caller closes it. */
    SecretBytes staticSecret() {
        return Secrets.get(this, STATIC).orElseThrow(() -> new IllegalStateException("no static secret"));
    }

    /** Protocol note F17: survives the leak of the host's randomness or of the static secret. */
    Entropy random() {
        if (random == null) {
            try (SecretBytes st = staticSecret()) {
                random = new NaxosRandom(st, ctx.entropy());
            }
        }
        return random;
    }

    Optional<Octets> part(String key) {
        Optional<Octets> written = parts.get(key);
        return written == null ? ctx.part(key) : written;
    }

    /** The first keys with this prefix, in order, at most {@link #PAGE}. */
    List<String> keys(String prefix) {
        return keys(prefix, "", PAGE);
    }

    /** All of them, in order. */
    List<String> allKeys(String prefix) {
        List<String> all = new ArrayList<>();
        String after = "";
        for (List<String> page; !(page = keys(prefix, after, PAGE)).isEmpty(); ) {
            all.addAll(page);
            after = page.get(page.size() - 1);
        }
        return all;
    }

    private List<String> keys(String prefix, String after, int limit) {
        var keys = new TreeSet<String>();
        String from = after;
        // rows that this step deletes do not count, so more may have to be looked at
        for (boolean more = true; more && keys.size() < limit; ) {
            List<String> page = ctx.partKeys(prefix, from, limit);
            page.stream().filter(key -> part(key).isPresent()).forEach(keys::add);
            more = page.size() == limit;
            from = more ? page.get(page.size() - 1) : from;
        }
        parts.forEach((key, value) -> {
            if (value.isPresent() && key.startsWith(prefix) && key.compareTo(after) > 0) {
                keys.add(key);
            }
        });
        return keys.stream().limit(limit).toList();
    }

    void put(String key, Octets value) {
        parts.put(key, Optional.of(value));
    }

    void delete(String key) {
        parts.put(key, Optional.empty());
    }

    void deleteAll(String prefix) {
        allKeys(prefix).forEach(this::delete);
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

    void evidence(String kind, Octets proof) {
        effects.add(new Effect.Evidence(kind, proof));
    }

    /** What another part of the reducer drafted beside this. */
    void takeOver(StepDraft beside) {
        beside.written().forEach(part -> parts.put(part.key(), part.value()));
        effects.addAll(beside.effects());
    }

    long epoch() {
        return ctx.epoch().map(e -> e.header().epoch()).orElse(0L);
    }

    long seconds() {
        return ctx.now().getEpochSecond();
    }

    LeafId self() {
        return ctx.self().orElseThrow(() -> new IllegalStateException("a member instance has a leaf"));
    }

    Step next() {
        List<Step.Part> written = new ArrayList<>();
        parts.forEach((key, value) -> {
            if (value.isPresent() || ctx.part(key).isPresent()) {
                written.add(new Step.Part(key, value));
            }
        });
        return new Step.Next(state.encode(), written, effects);
    }

    @Override
    public void close() {
        if (random != null) {
            random.close();
        }
    }

    /** The step is refused with {@code code} unless {@code holds}. */
    static void require(boolean holds, ErrorCode code, String otherwise) {
        if (!holds) {
            throw SekishoException.of(code, otherwise);
        }
    }
}
