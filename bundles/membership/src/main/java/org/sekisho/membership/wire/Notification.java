// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Envelope;
import org.sekisho.codec.Cbor;
import org.sekisho.codec.CborReader;
import org.sekisho.codec.MalformedException;

/**
 * A new roster is announced (S0 figures 4 to 7): {@code [1, signedRosterBytes, [scheme, attachmentBytes]|null, [[certDer, binding,
 * [issuerIndex...]]...], [issuerDer...]]}.
 *
 * @param signedRoster an encoded {@link org.sekisho.api.group.SignedRoster}
 * @param attachment what the scheme sends along
 * @param newcomers what vouches for each leaf the roster adds, in the roster's order; issuers they share are written once
 */
public record Notification(Octets signedRoster, Optional<Attachment> attachment, List<Certification> newcomers) {

    /** Most newcomers of one roster. */
    public static final int MAX_NEWCOMERS = 256;

    private static final int MAX_POOL = 1024;

    public Notification {
        newcomers = List.copyOf(newcomers);
    }

    public Octets encode() {
        Map<Octets, Integer> pool = new LinkedHashMap<>();
        List<List<Object>> certified = new ArrayList<>();
        for (Certification newcomer : newcomers) {
            List<Integer> issuers = new ArrayList<>();
            newcomer.issuers().forEach(issuer -> {
                pool.putIfAbsent(issuer, pool.size());
                issuers.add(pool.get(issuer));
            });
            certified.add(List.of(newcomer.certificate(), newcomer.binding(), issuers));
        }
        return Cbor.encode(
                1,
                signedRoster,
                attachment.map(a -> List.of(a.scheme(), a.body())),
                certified,
                new ArrayList<>(pool.keySet()));
    }

    public static Notification decode(Octets encoded) {
        return Strict.decode("notification", encoded, Envelope.MAX_BODY, Notification::read);
    }

    private record Shared(Octets certificate, Octets binding, List<Long> issuers) {}

    private static Notification read(CborReader r) {
        r.struct(1, 5);
        Octets roster = r.octets(Envelope.MAX_BODY);
        Optional<Attachment> attachment = r.optional(Notification::attachment);
        List<Shared> shared = r.list(MAX_NEWCOMERS, Notification::shared);
        List<Octets> pool = r.list(MAX_POOL, c -> c.octets(Certification.MAX_CERTIFICATE));
        List<Certification> newcomers = new ArrayList<>();
        for (Shared s : shared) {
            newcomers.add(new Certification(s.certificate(), s.binding(), pick(pool, s.issuers())));
        }
        var read = new Notification(roster, attachment, newcomers);
        // one encoding only: nothing in the pool that nobody needs, nothing twice
        if (pool.size() != pool.stream().distinct().count()
                || pool.size()
                        != newcomers.stream()
                                .flatMap(n -> n.issuers().stream())
                                .distinct()
                                .count()) {
            throw new MalformedException("issuers that vouch for nobody", 0);
        }
        return read;
    }

    private static List<Octets> pick(List<Octets> pool, List<Long> issuers) {
        List<Octets> picked = new ArrayList<>();
        for (long i : issuers) {
            if (i >= pool.size()) {
                throw new MalformedException("no such issuer", 0);
            }
            picked.add(pool.get((int) i));
        }
        return picked;
    }

    private static Attachment attachment(CborReader r) {
        r.arrayOf(2);
        return new Attachment(r.text(Attachment.MAX_SCHEME), r.octets(Attachment.MAX_BODY));
    }

    private static Shared shared(CborReader r) {
        r.arrayOf(3);
        return new Shared(
                r.octets(Certification.MAX_CERTIFICATE),
                r.octets(Certification.MAX_BINDING),
                r.list(Certification.MAX_ISSUERS, i -> i.uint(MAX_POOL)));
    }
}
