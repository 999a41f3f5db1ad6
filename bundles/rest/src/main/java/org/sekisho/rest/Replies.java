// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;

/**
 * Answers kept for requests that come again with the same Idempotency-Key. A key belongs to one caller and to one
 * request (method, address and body); it is taken before the work begins, so that of two equal requests at once only
 * one is done. Blocks on the database; safe for many threads and many gateways.
 */
final class Replies {

    static final int MAX_KEY = 255;

    /** Longest time a request may be at work; after it nobody knows what became of it. */
    private static final Duration AT_WORK = Duration.ofSeconds(60);

    private static final int SWEPT_AT_ONCE = 500;

    private final Duration kept;
    private final Supplier<@Nullable RowStore> rows;
    private final Clock clock;

    /**
     * What is known of a request.
     *
     * @param status 0 while it is at work
     * @param body empty with a status: the answer held a secret that is shown once
     */
    record Reply(
            Octets request,
            Instant at,
            int status,
            Optional<String> location,
            Optional<String> mediaType,
            Optional<Octets> body) {}

    /** A key this request has taken. */
    record Taken(Octets scope, Octets key, Octets request) {}

    Replies(RestConfig config, Supplier<@Nullable RowStore> rows, Clock clock) {
        this.kept = Duration.ofHours(config.replies_kept_hours());
        this.rows = rows;
        this.clock = clock;
    }

    /** The key with everything it is bound to. Nobody in particular shares a scope with those of the same request only. */
    Taken bind(Caller caller, String key, Octets request) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw new RejectedException(ErrorCode.MALFORMED, "an Idempotency-Key has 1 to " + MAX_KEY + " characters");
        }
        String who = caller.equals(Caller.ANONYMOUS)
                ? "anonymous " + request.hex()
                : caller.leaf().map(LeafId::toString).orElse("user " + caller.name());
        return new Taken(digest("reply scope " + who), digest(key), request);
    }

    private static Octets digest(String text) {
        return EntityTags.digest(Octets.utf8(text).toByteArray());
    }

    /** Takes the key; the earlier answer when there is one. */
    Optional<Reply> take(Taken taken) {
        return store().transact(taken.scope(), tx -> {
            Instant now = clock.instant();
            Optional<Reply> earlier = tx.get(Table.REPLY, taken.key())
                    .map(Replies::decode)
                    .filter(reply -> reply.at().plus(kept).isAfter(now));
            if (earlier.isEmpty()) {
                Reply atWork = new Reply(taken.request(), now, 0, Optional.empty(), Optional.empty(), Optional.empty());
                tx.put(Table.REPLY, taken.key(), encode(atWork));
                return earlier;
            }
            return Optional.of(usable(earlier.get(), taken, now));
        });
    }

    private static Reply usable(Reply earlier, Taken taken, Instant now) {
        if (!earlier.request().equals(taken.request())) {
            throw new ConflictException(
                    ErrorCode.IDEMPOTENCY_MISMATCH, "this Idempotency-Key was used for another request");
        }
        if (earlier.status() == 0) {
            if (earlier.at().plus(AT_WORK).isAfter(now)) {
                throw new UnavailableException(ErrorCode.RATE_LIMITED, "the same request is at work just now");
            }
            throw new IndeterminateException(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "nobody knows what became of the first request: read before trying again");
        }
        if (earlier.body().isEmpty()) {
            throw new ConflictException(
                    ErrorCode.ALREADY_EXISTS, "the request was done; its answer held a secret that is shown once");
        }
        return earlier;
    }

    /** Keeps the answer. */
    void keep(Taken taken, Reply reply) {
        store().transact(taken.scope(), tx -> {
            tx.put(Table.REPLY, taken.key(), encode(reply));
            return reply;
        });
    }

    /** Nothing happened: the key is free again. */
    void release(Taken taken) {
        store().transact(taken.scope(), tx -> tx.delete(Table.REPLY, taken.key()));
    }

    /** Forgets what is too old, everywhere. */
    void sweep() {
        RowStore store = store();
        Instant oldest = clock.instant().minus(kept);
        List<Octets> scopes = store.scopes(Table.REPLY, Octets.EMPTY, SWEPT_AT_ONCE);
        while (!scopes.isEmpty()) {
            for (Octets scope : scopes) {
                store.transact(scope, tx -> {
                    Octets after = Octets.EMPTY;
                    List<Row> found = tx.scan(Table.REPLY, Octets.EMPTY, after, SWEPT_AT_ONCE);
                    while (!found.isEmpty()) {
                        for (Row row : found) {
                            after = row.key();
                            if (decode(row.value()).at().isBefore(oldest)) {
                                tx.delete(Table.REPLY, row.key());
                            }
                        }
                        found = tx.scan(Table.REPLY, Octets.EMPTY, after, SWEPT_AT_ONCE);
                    }
                    return after;
                });
            }
            scopes = store.scopes(Table.REPLY, scopes.get(scopes.size() - 1), SWEPT_AT_ONCE);
        }
    }

    Instant now() {
        return clock.instant();
    }

    private RowStore store() {
        return Present.require(rows.get(), "the store");
    }

    private static Octets encode(Reply reply) {
        try {
            return Octets.of(Json.MAPPER.writeValueAsBytes(reply));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reply that cannot be written", e);
        }
    }

    private static Reply decode(Octets bytes) {
        try {
            return Json.LENIENT.readValue(bytes.toByteArray(), Reply.class);
        } catch (IOException e) {
            throw new UnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "a kept answer cannot be read");
        }
    }
}
