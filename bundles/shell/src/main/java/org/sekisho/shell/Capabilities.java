// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which services are there just now, by the feature that brings each. */
final class Capabilities {

    private final Map<String, Boolean> present = new LinkedHashMap<>();

    Capabilities with(String feature, @Nullable Object service) {
        present.put(feature, service != null);
        return this;
    }

    Map<String, Boolean> present() {
        return present;
    }
}
