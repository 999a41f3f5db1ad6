// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.util.Map;
import org.sekisho.api.scheme.Role;

/** What may be shown of an instance. */
public record InstanceView(
        long id,
        String scheme,
        Role role,
        long seq,
        InstanceStatus status,
        String reason,
        Map<String, String> details) {
    public InstanceView {
        details = Map.copyOf(details);
    }
}
