// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The member side of groups: one leaf with all its groups. Takes what a gateway hands out, verifies it, runs the schemes and
 * keeps what must be sent. Pure Java: no sockets, no threads, no OSGi; the SDK carries octets between this and a gateway.
 *
 * <p>{@link org.sekisho.groups.member.MemberHost} is the only way in.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.groups.member;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
