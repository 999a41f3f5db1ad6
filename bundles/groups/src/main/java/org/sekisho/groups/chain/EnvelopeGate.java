// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.chain;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Envelope;
import org.sekisho.api.group.Party;
import org.sekisho.api.group.SignedEnvelope;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.crypto.Sha256;

/**
 * The one gate every protocol message passes, at the gateway and at every member: size, shape, group, type, audience, sender,
 * signature. Only what it gives out may become an event. Freshness is the next check: {@link MessageCounters}.
 */
public final class EnvelopeGate {

    /** Prefix of the label of an envelope's signature; the type follows. */
    public static final String LABEL = "envelope/";

    private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*");

    private final GroupId group;
    private final Predicate<Party> audience;
    private final Function<Party, Optional<Octets>> keys;

    /**
     * A message that may be acted on.
     *
     * @param hash of the signed octets: what tells a repetition from another message under the same counter
     */
    public record Admitted(SignedEnvelope signed, Hash hash) {
        public Envelope envelope() {
            return signed.envelope();
        }
    }

    /**
     * @param audience which addressees are meant here
     * @param keys the Ed25519 key of a sender: the roster's, the policy's server key, or the directory's for who is no member
     */
    public EnvelopeGate(GroupId group, Predicate<Party> audience, Function<Party, Optional<Octets>> keys) {
        this.group = group;
        this.audience = audience;
        this.keys = keys;
    }

    /** Lets a message in, or throws MALFORMED, LIMIT_EXCEEDED, WRONG_AUDIENCE, NOT_A_MEMBER or BAD_SIGNATURE. */
    public Admitted admit(Octets encoded) {
        return admit(EnvelopeCodec.decodeSigned(encoded));
    }

    /** As {@link #admit(Octets)}, from {@code caller} and nobody else; FORBIDDEN otherwise. */
    public Admitted admit(Octets encoded, LeafId caller) {
        SignedEnvelope signed = EnvelopeCodec.decodeSigned(encoded);
        if (!signed.envelope().from().equals(new Party.Member(caller))) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "signed by somebody else");
        }
        return admit(signed);
    }

    private Admitted admit(SignedEnvelope signed) {
        Envelope envelope = signed.envelope();
        if (!envelope.group().equals(group)) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "a message of another group");
        }
        if (!TYPE.matcher(envelope.type()).matches()) {
            throw new RejectedException(ErrorCode.MALFORMED, "no such type of message");
        }
        if (!audience.test(envelope.to())) {
            throw new RejectedException(ErrorCode.WRONG_AUDIENCE, "a message for somebody else");
        }
        Octets key = keys.apply(envelope.from())
                .orElseThrow(() -> new DeniedException(ErrorCode.NOT_A_MEMBER, "the sender is not known here"));
        SignatureCheck.require(key, LABEL + envelope.type(), signed.encoded(), signed.signature());
        return new Admitted(signed, Sha256.hash(signed.encoded()));
    }
}
