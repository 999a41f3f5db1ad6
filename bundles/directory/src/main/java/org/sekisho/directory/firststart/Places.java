// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import java.nio.file.Path;

/**
 * Where things are.
 *
 * @param etc the container's configuration
 * @param data the container's data
 * @param keys the gateway's keys, for its owner only
 * @param trust authorities of the enterprise (PEM or DER) and their revocation lists, put there by hand
 */
public record Places(Path etc, Path data, Path keys, Path trust) {

    /** The administrator's password, until it is fetched and deleted. */
    public Path adminSecret() {
        return data.resolve("admin-secret.txt");
    }

    /** The container's users. */
    public Path users() {
        return etc.resolve("users.properties");
    }

    /** The authority's certificate for those who connect (PEM). */
    public Path authorityCertificate() {
        return keys.resolve("ca.pem");
    }
}
