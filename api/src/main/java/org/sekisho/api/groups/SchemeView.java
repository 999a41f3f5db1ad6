// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.util.Set;
import org.sekisho.api.scheme.Capability;

/** A scheme the gateway runs just now. */
public record SchemeView(
        String id, int stateVersion, Set<Capability> capabilities, boolean blind, String blindReason, long groups) {}
