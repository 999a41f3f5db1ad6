// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.scheme;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedRoster;

/** What a reducer may know and use during one call; no authority beyond it, not valid after the call. */
@ProviderType
public interface Ctx {

    GroupId group();

    /** The nonce of the group's genesis (16 octets): invitations carry it, since the group's id commits to it. */
    Octets groupNonce();

    Role role();

    /** The leaf this instance acts for; empty for the server. */
    Optional<LeafId> self();

    Policy policy();

    /** The roster of the current epoch; the genesis roster before the first epoch. */
    SignedRoster roster();

    /** The roster proposed for the next epoch, if one was adopted. */
    Optional<SignedRoster> proposal();

    /** The current epoch; empty before the first. */
    Optional<EpochView> epoch();

    /**
     * The scheme switch this instance begins with, from its creation to the commit of its first epoch; empty otherwise. The
     * transcript hash of that epoch's header is made with {@code KeySchedule.switchTranscript} (protocol note F19).
     */
    default Optional<Takeover> takeover() {
        return Optional.empty();
    }

    Instant now();

    Entropy entropy();

    /** A row of the instance's state. */
    Optional<Octets> part(String key);

    /** Keys that begin with {@code prefix}, in order, after {@code after} (empty: from the beginning), at most {@code limit}. */
    List<String> partKeys(String prefix, String after, int limit);

    /** Opens what was sealed to this leaf's HPKE key; empty when it does not open. Members only. */
    Optional<SecretBytes> open(String label, Octets context, Octets sealed);

    /** Signs as this leaf, or as the server. Labels are one per kind of object and never shared. */
    Octets sign(String label, Octets bytes);

    /** The hash of a header, and the tag of it: the host's key schedule, with a scheme switch's pre-shared key if there is one. */
    Hash hash(EpochHeader header);

    /** See {@link #hash}. Does not take over the secret. */
    Octets confirmTag(EpochHeader header, SecretBytes schemeSecret);

    /**
     * A scheme switch that is being carried out.
     *
     * @param reinit H(Reinit)
     * @param admin who ordered it: the leaf to act first where one must
     * @param from the scheme the group comes from
     */
    record Takeover(Hash reinit, LeafId admin, String from) {}

    /** An epoch that was committed. */
    record EpochView(EpochHeader header, Hash epochHash) {}
}
