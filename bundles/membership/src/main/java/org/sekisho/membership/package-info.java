// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Who belongs to a group, whatever scheme makes its keys: invitations, acceptances, wanted changes and their order, the
 * announcement of rosters (docs/decisions/0030). A scheme uses {@link org.sekisho.membership.Membership} as a part of its own
 * reducer. Pure: no OSGi, clock, randomness, storage or network of its own.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@NullMarked
@Version("1.0.0")
package org.sekisho.membership;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
