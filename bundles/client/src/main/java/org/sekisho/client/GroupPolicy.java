// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.codec.Cbor;

/**
 * The rules of a group to be founded. Immutable; {@code with} methods give changed copies. The group's owner, who signs it, and
 * the server's key are added when the group is created.
 *
 * @see Policy
 */
public record GroupPolicy(
        String title,
        String scheme,
        List<String> allowedSchemes,
        boolean blindRequired,
        Admission admission,
        boolean passOnInvite,
        boolean deferRotation,
        Duration rn1Interval,
        Duration rn2Interval,
        Duration maxStale,
        History history,
        int maxMembers,
        int maxMessage) {

    /** Members share one random number, the gateway gives out another (docs/protocols/0038). */
    public static final String TWO_RANDOM = "two-random";

    /** Members derive a key in a ring through the gateway, which never learns it (docs/protocols/0035). */
    public static final String KEY_DERIVATION = "key-derivation";

    private static final int MEMBERS = 1000;
    private static final int MESSAGE = 64 << 10;

    public GroupPolicy {
        title = Cbor.nfc(title);
        allowedSchemes = List.copyOf(allowedSchemes);
    }

    /**
     * The two-random scheme, blind; whoever the directory holds may be added; RN1 lives 30 days, RN2 an hour; a view is fresh for
     * a day; history from the join on; 1,000 members; messages of 64 KiB sealed.
     */
    public static GroupPolicy withDefaults(String title) {
        return new GroupPolicy(
                title,
                TWO_RANDOM,
                List.of(TWO_RANDOM),
                true,
                Admission.everybody(),
                false,
                false,
                Duration.ofDays(30),
                Duration.ofHours(1),
                Duration.ofDays(1),
                History.FROM_JOIN,
                MEMBERS,
                MESSAGE);
    }

    /**
     * How the group's keys are made: {@link #TWO_RANDOM} or {@link #KEY_DERIVATION}.
     *
     * @param id the scheme it begins with
     * @param others schemes it may be switched to later
     */
    public GroupPolicy scheme(String id, String... others) {
        List<String> allowed =
                Stream.concat(Stream.of(id), Arrays.stream(others)).distinct().toList();
        return edit(e -> {
            e.scheme = id;
            e.allowedSchemes = allowed;
        });
    }

    public GroupPolicy withAdmission(Admission next) {
        return edit(e -> e.admission = next);
    }

    /** Whether an inviter may pass on the right to invite; whether a removal may leave RN1 unchanged. */
    public GroupPolicy withRules(boolean nextPassOnInvite, boolean nextDeferRotation) {
        return edit(e -> {
            e.passOnInvite = nextPassOnInvite;
            e.deferRotation = nextDeferRotation;
        });
    }

    /** How long RN1 and RN2 live; whole seconds, one at least. */
    public GroupPolicy withIntervals(Duration rn1, Duration rn2) {
        return edit(e -> {
            e.rn1Interval = rn1;
            e.rn2Interval = rn2;
        });
    }

    public GroupPolicy withMaxStale(Duration next) {
        return edit(e -> e.maxStale = next);
    }

    public GroupPolicy withHistory(History next) {
        return edit(e -> e.history = next);
    }

    /** Most leaves, and most octets of a sealed message. */
    public GroupPolicy withLimits(int members, int message) {
        return edit(e -> {
            e.maxMembers = members;
            e.maxMessage = message;
        });
    }

    /** Schemes the group may be moved to; the one it was founded with stays one of them. */
    public GroupPolicy withAllowedSchemes(List<String> next) {
        return edit(e -> e.allowedSchemes = next);
    }

    /** The rules of a group as they are. */
    static GroupPolicy of(Policy policy) {
        return new GroupPolicy(
                policy.title(),
                policy.schemeId(),
                policy.allowedSchemes(),
                policy.blindRequired(),
                policy.admission(),
                policy.passOnInvite(),
                policy.deferRotation(),
                policy.rn1Interval(),
                policy.rn2Interval(),
                policy.maxStale(),
                policy.history(),
                policy.maxMembers(),
                policy.maxMessage());
    }

    Policy toPolicy(Octets ownerKey, Octets serverKey) {
        return toPolicy(ownerKey, serverKey, 1);
    }

    Policy toPolicy(Octets ownerKey, Octets serverKey, long version) {
        return new Policy(
                title,
                ownerKey,
                serverKey,
                version,
                scheme,
                allowedSchemes,
                blindRequired,
                admission,
                passOnInvite,
                deferRotation,
                rn1Interval,
                rn2Interval,
                maxStale,
                history,
                maxMembers,
                maxMessage);
    }

    private GroupPolicy edit(Consumer<Edit> change) {
        var edit = new Edit(this);
        change.accept(edit);
        return edit.done();
    }

    /** The rules with their parts open, for the length of one change: only what changes has to be named. */
    private static final class Edit {
        private String title;
        private String scheme;
        private List<String> allowedSchemes;
        private boolean blindRequired;
        private Admission admission;
        private boolean passOnInvite;
        private boolean deferRotation;
        private Duration rn1Interval;
        private Duration rn2Interval;
        private Duration maxStale;
        private History history;
        private int maxMembers;
        private int maxMessage;

        Edit(GroupPolicy from) {
            title = from.title;
            scheme = from.scheme;
            allowedSchemes = from.allowedSchemes;
            blindRequired = from.blindRequired;
            admission = from.admission;
            passOnInvite = from.passOnInvite;
            deferRotation = from.deferRotation;
            rn1Interval = from.rn1Interval;
            rn2Interval = from.rn2Interval;
            maxStale = from.maxStale;
            history = from.history;
            maxMembers = from.maxMembers;
            maxMessage = from.maxMessage;
        }

        GroupPolicy done() {
            return new GroupPolicy(
                    title,
                    scheme,
                    allowedSchemes,
                    blindRequired,
                    admission,
                    passOnInvite,
                    deferRotation,
                    rn1Interval,
                    rn2Interval,
                    maxStale,
                    history,
                    maxMembers,
                    maxMessage);
        }
    }
}
