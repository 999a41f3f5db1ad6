// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import java.time.Duration;
import java.util.List;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedPolicy;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.CborWriter;

/**
 * {@code Policy = [1, title, ownerKey, serverKey, version, schemeId, [allowed], blindRequired, [[subjects], [issuers],
 * [certificates]], passOnInvite, deferRotation, rn1Seconds, rn2Seconds, maxStaleSeconds, history, maxMembers, maxMessage]},
 * {@code SignedPolicy = [1, policyBytes, signature]}. History is 0 for FULL and 1 for FROM_JOIN.
 */
public final class PolicyCodec {

    /** Longest encoded policy, in octets. */
    public static final int MAX_SIZE = 2 << 20;

    static final int MAX_SIGNED = MAX_SIZE + 128;

    private static final int MAX_TEXT = 3 * Policy.MAX_TITLE;
    private static final int MAX_SCHEME_ID = 64;
    private static final int MAX_SUBJECT = 1024;

    private PolicyCodec() {}

    /** Intervals are whole seconds; a policy with others is rejected. */
    public static Octets encode(Policy policy) {
        return Strict.encode("policy", w -> {
            w.array(17).integer(1).text(policy.title()).bytes(policy.ownerKey()).bytes(policy.serverKey());
            w.integer(policy.version())
                    .text(policy.schemeId())
                    .array(policy.allowedSchemes().size());
            policy.allowedSchemes().forEach(w::text);
            w.bool(policy.blindRequired());
            write(w, policy.admission());
            w.bool(policy.passOnInvite()).bool(policy.deferRotation());
            w.integer(seconds(policy.rn1Interval())).integer(seconds(policy.rn2Interval()));
            w.integer(seconds(policy.maxStale())).integer(policy.history() == History.FULL ? 0 : 1);
            w.integer(policy.maxMembers()).integer(policy.maxMessage());
        });
    }

    public static Policy decode(Octets encoded) {
        return Strict.decode("policy", encoded, MAX_SIZE, PolicyCodec::read);
    }

    public static Octets encode(SignedPolicy signed) {
        return Strict.encode(
                "signed policy",
                w -> w.array(3).integer(1).bytes(signed.encoded()).bytes(Signatures.sized(signed.signature())));
    }

    public static SignedPolicy decodeSigned(Octets encoded) {
        return Strict.decode("signed policy", encoded, MAX_SIGNED, r -> {
            r.struct(1, 3);
            Octets policy = r.octets(MAX_SIZE);
            return new SignedPolicy(decode(policy), policy, r.octetsOf(Signatures.SIZE));
        });
    }

    private static Policy read(CborReader r) {
        r.struct(1, 17);
        return new Policy(
                r.text(MAX_TEXT),
                r.octetsOf(32),
                r.octetsOf(32),
                r.integer(1, Long.MAX_VALUE),
                r.text(MAX_SCHEME_ID),
                r.list(Policy.MAX_SCHEMES, s -> s.text(MAX_SCHEME_ID)),
                r.bool(),
                readAdmission(r),
                r.bool(),
                r.bool(),
                interval(r),
                interval(r),
                interval(r),
                r.uint(1) == 0 ? History.FULL : History.FROM_JOIN,
                (int) r.integer(1, Policy.MAX_MEMBERS),
                (int) r.integer(1, Policy.MAX_MESSAGE));
    }

    private static Duration interval(CborReader r) {
        return Duration.ofSeconds(r.integer(1, Policy.MAX_INTERVAL.toSeconds()));
    }

    private static long seconds(Duration interval) {
        if (interval.getNano() != 0) {
            throw new RejectedException(ErrorCode.MALFORMED, "policy intervals are whole seconds");
        }
        return interval.toSeconds();
    }

    private static Admission readAdmission(CborReader r) {
        r.arrayOf(3);
        return new Admission(
                r.list(Admission.MAX_ENTRIES, s -> s.text(MAX_SUBJECT)),
                r.list(Admission.MAX_ENTRIES, CborReader::hash),
                r.list(Admission.MAX_ENTRIES, CborReader::hash));
    }

    private static void write(CborWriter w, Admission admission) {
        w.array(3).array(admission.subjects().size());
        admission.subjects().forEach(w::text);
        write(w, admission.issuers());
        write(w, admission.certificates());
    }

    private static void write(CborWriter w, List<Hash> hashes) {
        w.array(hashes.size());
        hashes.forEach(h -> w.bytes(h.value()));
    }
}
