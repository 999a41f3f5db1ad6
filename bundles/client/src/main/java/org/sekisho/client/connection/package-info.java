// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * One participant's connection: carries octets between the member host and a gateway, and events to listeners. Internal to the
 * SDK.
 */
@NullMarked
package org.sekisho.client.connection;

import org.jspecify.annotations.NullMarked;
