// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.scheme.Ctx.Takeover;

/** What the host knows of a group inside one transaction; becomes the reducer's context. Read anew for every event. */
public interface Setting {

    GroupId group();

    Octets groupNonce();

    Optional<LeafId> self();

    Policy policy();

    SignedRoster roster();

    Optional<SignedRoster> proposal();

    Optional<EpochView> epoch();

    Optional<Takeover> takeover();

    Optional<SecretBytes> open(String label, Octets context, Octets sealed);

    Octets sign(String label, Octets bytes);

    Hash hash(EpochHeader header);

    Octets confirmTag(EpochHeader header, SecretBytes schemeSecret);
}
