// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.SekishoException;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.groups.member.MemberEvent;

/**
 * How orders to switch the scheme ended, each by its own H(Reinit): what is told late of an earlier order does not end a later one,
 * and what is told of an order before its hash is known here is not lost. Safe for many threads.
 */
final class SwitchNews {

    private final Map<Hash, SekishoException> failures = new ConcurrentHashMap<>();
    private final Set<Hash> overtaken = ConcurrentHashMap.newKeySet();

    void hear(MemberEvent.SchemeSwitch event) {
        switch (event.stage()) {
            case GIVEN_UP, REFUSED ->
                event.order()
                        .ifPresent(order -> failures.put(
                                order,
                                new ConflictException(
                                        ErrorCode.EPOCH_CONFLICT,
                                        "the scheme switch came to nothing: " + event.detail())));
            case ASKED, BEGUN, DONE, SCHEME_MISSING -> {
                // goes on
            }
        }
    }

    void hear(MemberEvent.Refused event) {
        if (event.type().equals(SchemeSwitches.REINIT)) {
            event.order().ifPresent(order -> {
                if (event.code() == ErrorCode.EPOCH_CONFLICT || event.code() == ErrorCode.ROSTER_CONFLICT) {
                    overtaken.add(order);
                } else {
                    failures.put(order, SekishoException.of(event.code(), "the gateway refused the scheme switch"));
                }
            });
        }
    }

    /** Why this order came to nothing, if it did. */
    Optional<SekishoException> failure(Hash order) {
        return Optional.ofNullable(failures.get(order));
    }

    /** Whether an epoch was committed while this order was on its way: it may be given again. */
    boolean isOvertaken(Hash order) {
        return overtaken.contains(order);
    }
}
