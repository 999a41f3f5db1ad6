// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every address that a service ever asked for while this bundle runs. Nothing at one of them means "away for now", not "no such
 * thing". Safe for many threads.
 */
final class Addresses {
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> withEnvelopes = ConcurrentHashMap.newKeySet();

    void add(String address) {
        known.add(address);
    }

    /** Messages at this address carry envelopes. */
    void addWithEnvelopes(String address) {
        add(address);
        withEnvelopes.add(address);
    }

    boolean expectsEnvelopes(String path) {
        return withEnvelopes.stream().anyMatch(address -> isAtOrBelow(path, address));
    }

    /** True when {@code path} is at or below a known address, or when no address at all was ever asked for. */
    boolean mayCome(String path) {
        return known.isEmpty() || known.stream().anyMatch(address -> isAtOrBelow(path, address));
    }

    private static boolean isAtOrBelow(String path, String address) {
        return path.startsWith(address) && (path.length() == address.length() || path.charAt(address.length()) == '/');
    }
}
