// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.scheme;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;

/**
 * A group key management scheme as a pure reducer.
 *
 * <p>Guarantee asked of every implementation: the same context, state and event give the same step; nothing is kept between
 * calls; no clock, no randomness but {@link Ctx#entropy()}, no I/O, no logging above debug. Then stopping, swapping or
 * killing an implementation at any point loses nothing.
 *
 * <p>Called by one thread at a time per instance, by many for different instances. A call takes at most 5 seconds. An
 * unchecked exception is a bug of the scheme: the host rolls back and sets the event aside (protocol note R13); an input that
 * is merely wrong is answered with {@link Step.Refuse}.
 *
 * <p>Registered as an OSGi service with the property {@link #SCHEME_ID}.
 */
@ConsumerType
public interface GroupKeyScheme {

    /** Service property: {@link SchemeDescriptor#id()}. */
    String SCHEME_ID = "scheme.id";

    SchemeDescriptor descriptor();

    /**
     * The first step of a new instance. {@code params} is empty, or what another scheme-specific party handed over.
     *
     * <p>With an epoch present, a running group is taken over: {@link Ctx#takeover()} tells from which scheme, or, when it is
     * empty, this leaf begins late in a group that runs this scheme already. The group's roster, proposal and the parts under
     * {@link SchemeDescriptor#MEMBERSHIP} are there; {@link Event.CommitAccepted} of its first epoch completes the switch.
     */
    Step create(Ctx ctx, Octets params);

    /** The reducer. {@code head} is the head of the last step; parts are read through the context. */
    Step handle(Ctx ctx, Octets head, Event event);

    /** Rewrites an old head as the present version; total and pure. Parts keep their own version byte. */
    Octets migrate(int fromVersion, Octets head);

    /** What an operator may see: phase, counters, who is awaited. Never a secret. */
    Map<String, String> inspect(Octets head);

    /**
     * Whether a message of {@code type} may be addressed so: to everyone, which is by the group's log, or to one leaf, which may
     * be by its mailbox, behind everybody else's back. The host refuses all others before they become events.
     */
    default boolean admits(String type, Party to) {
        return true;
    }
}
