// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import org.sekisho.api.Octets;

/**
 * What a gateway says of itself to those who are connected with it.
 *
 * @param serverKey Ed25519 key of its Group Management Server, for policies
 * @param authority certificate of its own authority (DER)
 */
public record GatewayView(Octets serverKey, Octets authority) {}
