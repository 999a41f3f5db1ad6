// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.util.function.Supplier;
import org.sekisho.api.Hash;
import org.sekisho.api.Registration;

/** One scheme switch that this participant ordered, until it is known how it ended. */
final class SwitchInProgress {

    private final Group group;
    private final String scheme;
    private final SwitchNews news = new SwitchNews();
    private final Supplier<Hash> orders;
    private final Registration switches;
    private final Registration refusals;
    private volatile Hash order;

    /**
     * Orders it; what fails at once is thrown.
     *
     * @param orders gives the order and its H(Reinit); called again when an epoch was committed while it was on its way
     */
    SwitchInProgress(Group group, String scheme, Supplier<Hash> orders) {
        this.group = group;
        this.scheme = scheme;
        this.orders = orders;
        this.switches = group.onSchemeSwitch(news::hear);
        this.refusals = group.onRefused(news::hear);
        try {
            order = orders.get();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    EpochInfo awaitDone() {
        try {
            return group.await(
                    view -> {
                        boolean done = view.schemeId().equals(scheme) && view.keyed();
                        if (!done) {
                            news.failure(order).ifPresent(why -> {
                                throw why;
                            });
                            if (news.isOvertaken(order)) {
                                order = orders.get();
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
