// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * How the SDK reaches a gateway: HTTPS with a client certificate, JSON, typed errors, retries, long poll and server-sent
 * events. Internal to the SDK.
 */
@NullMarked
package org.sekisho.client.transport;

import org.jspecify.annotations.NullMarked;
