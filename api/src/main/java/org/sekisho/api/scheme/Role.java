// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.scheme;

/** The side of a scheme an instance plays. */
public enum Role {
    MEMBER,
    SERVER
}
