// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.store;

import org.sekisho.api.Octets;

/** A key and its value. */
public record Row(Octets key, Octets value) {}
