// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Registration;
import org.sekisho.api.SekishoException;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.groups.member.MemberEvent;

/** One scheme switch that this participant ordered, until it is known how it ended. */
final class SwitchInProgress {

    private final Group group;
    private final String scheme;
    private final AtomicReference<Optional<SekishoException>> failure = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean overtaken = new AtomicBoolean();
    private final Runnable order;
    private final Registration switches;
    private final Registration refusals;

    /**
     * Orders it; what fails at once is thrown.
     *
     * @param order called again when an epoch was committed while the order was on its way
     */
    SwitchInProgress(Group group, String scheme, Runnable order) {
        this.group = group;
        this.scheme = scheme;
        this.order = order;
        this.switches = group.onSchemeSwitch(this::hear);
        this.refusals = group.onRefused(this::hear);
        try {
            order.run();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void hear(MemberEvent.SchemeSwitch event) {
        if (event.to().equals(scheme)) {
            switch (event.stage()) {
                case GIVEN_UP, REFUSED ->
                    fail(new ConflictException(
                            ErrorCode.EPOCH_CONFLICT, "the scheme switch came to nothing: " + event.detail()));
                case ASKED, BEGUN, DONE, SCHEME_MISSING -> {
                    // goes on
                }
            }
        }
    }

    private void hear(MemberEvent.Refused event) {
        if (event.type().equals(SchemeSwitches.REINIT)) {
            if (event.code() == ErrorCode.EPOCH_CONFLICT || event.code() == ErrorCode.ROSTER_CONFLICT) {
                overtaken.set(true);
            } else {
                fail(SekishoException.of(event.code(), "the gateway refused the scheme switch"));
            }
        }
    }

    private void fail(SekishoException why) {
        failure.set(Optional.of(why));
    }

    EpochInfo awaitDone() {
        try {
            return group.await(
                    view -> {
                        boolean done = view.schemeId().equals(scheme) && view.keyed();
                        if (!done) {
                            failure.get().ifPresent(why -> {
                                throw why;
                            });
                            if (overtaken.getAndSet(false)) {
                                order.run();
                            }
                        }
                        return done;
                    },
                    "the scheme switch is not done yet");
        } finally {
            close();
        }
    }

    private void close() {
        switches.close();
        refusals.close();
    }
}
