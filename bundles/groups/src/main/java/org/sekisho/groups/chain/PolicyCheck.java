// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.api.scheme.GroupKeyScheme;

/** Who may make the rules: the owner, and only newer ones. */
public final class PolicyCheck {

    static final String LABEL = "policy";

    private PolicyCheck() {}

    /** The policy is signed by the owner it names. */
    public static void check(SignedPolicy signed) {
        SignatureCheck.require(signed.policy().ownerKey(), LABEL, signed.encoded(), signed.signature());
    }

    /** {@code next} may follow {@code inForce}: same owner, higher version, blindness never given up. */
    public static void checkStep(Policy inForce, SignedPolicy next) {
        Policy policy = next.policy();
        if (!policy.ownerKey().equals(inForce.ownerKey())) {
            throw violation("a policy keeps its owner");
        }
        if (policy.version() <= inForce.version()) {
            throw violation("the version of a policy only rises");
        }
        if (inForce.blindRequired() && !policy.blindRequired()) {
            throw violation("a policy that requires blindness keeps requiring it");
        }
        check(next);
    }

    /**
     * What requires blindness may come into force only over a scheme that is blind, as it is here. Absent here, it says nothing: then
     * it makes no keys either.
     *
     * @param running the scheme that the epoch with this policy is of
     */
    public static void checkBlind(Policy named, Optional<GroupKeyScheme> running) {
        boolean blind = running.map(scheme -> scheme.descriptor().blind()).orElse(true);
        if (named.blindRequired() && !blind) {
            throw violation("the policy requires a blind scheme");
        }
    }

    private static RejectedException violation(String why) {
        return new RejectedException(ErrorCode.POLICY_VIOLATION, why);
    }
}
