// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.codec.group;

import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Reinit;
import org.sekisho.api.group.ReinitCancel;
import org.sekisho.api.group.SignedReinit;
import org.sekisho.codec.CborReader;

/**
 * {@code Reinit = [1, groupId, reinitId16, fromEpoch, epochHash, oldScheme, newScheme, newSchemeVersion, H(params), rosterHash,
 * policyHash, usePsk, notAfterSeconds]}, {@code SignedReinit = [1, reinitBytes, signerLeaf, signature, params]}, {@code
 * ReinitCancel = [1, groupId, H(Reinit)]}.
 */
public final class ReinitCodec {

    /** Longest encoded order, in octets. */
    public static final int MAX_SIZE = 512;

    /** Longest encoded signed order, in octets. */
    public static final int MAX_SIGNED = MAX_SIZE + SignedReinit.MAX_PARAMS + 256;

    private static final int MAX_CANCEL = 64;
    private static final int MAX_SCHEME_ID = 64;

    private ReinitCodec() {}

    /** {@code notAfter} is written in whole seconds. */
    public static Octets encode(Reinit reinit) {
        return Strict.encode("scheme switch", w -> {
            w.array(13).integer(1).bytes(reinit.group().value()).bytes(reinit.reinitId());
            w.integer(reinit.fromEpoch()).bytes(reinit.epochHash().value());
            w.text(reinit.oldScheme()).text(reinit.newScheme()).integer(reinit.newSchemeVersion());
            w.bytes(reinit.paramsHash().value()).bytes(reinit.rosterHash().value());
            w.bytes(reinit.policyHash().value()).bool(reinit.usePsk());
            Strict.time(w, reinit.notAfter());
        });
    }

    public static Reinit decode(Octets encoded) {
        return Strict.decode("scheme switch", encoded, MAX_SIZE, ReinitCodec::read);
    }

    private static Reinit read(CborReader r) {
        r.struct(1, 13);
        return new Reinit(
                r.groupId(),
                r.octetsOf(Reinit.ID_SIZE),
                r.integer(1, Long.MAX_VALUE),
                r.hash(),
                r.text(MAX_SCHEME_ID),
                r.text(MAX_SCHEME_ID),
                r.integer(1, Long.MAX_VALUE),
                r.hash(),
                r.hash(),
                r.hash(),
                r.bool(),
                Strict.time(r));
    }

    public static Octets encode(SignedReinit signed) {
        return Strict.encode("signed scheme switch", w -> w.array(5)
                .integer(1)
                .bytes(signed.encoded())
                .bytes(signed.signer().value())
                .bytes(Signatures.sized(signed.signature()))
                .bytes(signed.params()));
    }

    public static SignedReinit decodeSigned(Octets encoded) {
        return Strict.decode("signed scheme switch", encoded, MAX_SIGNED, r -> {
            r.struct(1, 5);
            Octets reinit = r.octets(MAX_SIZE);
            LeafId signer = r.leafId();
            Octets signature = r.octetsOf(Signatures.SIZE);
            return new SignedReinit(decode(reinit), reinit, signer, signature, r.octets(SignedReinit.MAX_PARAMS));
        });
    }

    public static Octets encode(ReinitCancel cancel) {
        return Strict.encode("cancelled scheme switch", w -> w.array(3)
                .integer(1)
                .bytes(cancel.group().value())
                .bytes(cancel.reinit().value()));
    }

    public static ReinitCancel decodeCancel(Octets encoded) {
        return Strict.decode("cancelled scheme switch", encoded, MAX_CANCEL, r -> {
            r.struct(1, 3);
            return new ReinitCancel(r.groupId(), r.hash());
        });
    }
}
