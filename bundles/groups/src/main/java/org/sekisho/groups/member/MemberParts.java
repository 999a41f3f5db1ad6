// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowStore;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.Inbox;
import org.sekisho.groups.engine.Runner;
import org.sekisho.groups.engine.SchemeSource;

/** What the parts of a member's host share. They are used by one thread at a time: {@link MemberHost} sees to it. */
record MemberParts(
        MemberIdentity self,
        MemberVault vault,
        RowStore rows,
        HostClock clock,
        Entropy entropy,
        SchemeSource schemes,
        Inbox inbox,
        Runner runner,
        Envelopes envelopes,
        EpochRows epochs,
        EpochCaches caches,
        Deliveries deliveries,
        MemberEffects effects,
        FreshView freshView,
        SwitchFollower switches,
        EnvelopeIntake envelopeIntake,
        MessageIntake messageIntake) {

    static MemberParts of(
            MemberIdentity self, MemberVault vault, SchemeSource schemes, HostClock clock, Entropy entropy) {
        var inbox = new Inbox(clock);
        var runner = new Runner(schemes, vault.states(), clock, entropy);
        var envelopes = new Envelopes(self, clock::now, entropy);
        var epochs = new EpochRows(vault);
        var deliveries = new Deliveries(vault);
        var activation = new Activation(self, epochs, envelopes, deliveries, schemes, clock);
        var effects = new MemberEffects(self, envelopes, epochs, activation, deliveries, clock);
        var freshView = new FreshView(self, envelopes, activation);
        var switches = new SwitchFollower(self, runner, effects, inbox, epochs, envelopes, deliveries, schemes, clock);
        return new MemberParts(
                self,
                vault,
                vault.rows(),
                clock,
                entropy,
                schemes,
                inbox,
                runner,
                envelopes,
                epochs,
                new EpochCaches(self, epochs, entropy),
                deliveries,
                effects,
                freshView,
                switches,
                new EnvelopeIntake(self, activation, freshView, deliveries, inbox, schemes, runner, switches, clock),
                new MessageIntake(self, deliveries));
    }
}
