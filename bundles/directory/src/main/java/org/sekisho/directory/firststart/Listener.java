// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import java.util.List;
import java.util.Optional;

/**
 * The API listener as asked for.
 *
 * @param host address to bind; empty: as it was, at first 127.0.0.1
 * @param port to listen on; empty: as it was, at first 8443
 * @param names DNS names and addresses of the server certificate
 */
public record Listener(Optional<String> host, Optional<String> port, List<String> names) {

    public Listener {
        names = List.copyOf(names);
    }
}
