// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.store.OwnerOnlyFile;

/**
 * The first administrator. His password is 24 random octets, so the container's unsalted SHA-256 does not help who reads
 * the users' file: there is nothing to guess. The clear text is in one file of its own until somebody deletes it.
 */
final class AdminAccount {

    static final String NAME = "admin";

    private static final String GROUP = "_g_\\:admingroup";
    private static final int PASSWORD_OCTETS = 24;
    private static final int MAX_PASSWORD = 256;

    private final Places places;
    private final Entropy entropy;

    AdminAccount(Places places, Entropy entropy) {
        this.places = places;
        this.entropy = entropy;
    }

    /** Makes the administrator unless there is one; tells whether it did. */
    boolean ensure() throws IOException {
        var encryption = PropertyLines.of(places.etc().resolve("org.apache.karaf.jaas.cfg"));
        encryption.set("encryption.enabled", "true");
        encryption.setIfAbsent("encryption.name", "basic");
        encryption.setIfAbsent("encryption.prefix", "{CRYPT}");
        encryption.setIfAbsent("encryption.suffix", "{CRYPT}");
        encryption.setIfAbsent("encryption.algorithm", "SHA-256");
        encryption.setIfAbsent("encryption.encoding", "hexadecimal");
        encryption.save(entropy);

        var users = PropertyLines.of(places.users());
        if (users.get(NAME).isPresent()) {
            return false;
        }
        users.set(NAME, "{CRYPT}" + Sha256.hash(password()) + "{CRYPT},_g_:admingroup");
        users.setIfAbsent(GROUP, "group,admin,manager,viewer,systembundles,ssh");
        users.save(entropy);
        return true;
    }

    private Octets password() throws IOException {
        if (!Files.exists(places.adminSecret())) {
            Octets fresh = Octets.utf8(Octets.of(entropy.next(PASSWORD_OCTETS)).base64());
            OwnerOnlyFile.create(places.adminSecret(), (fresh.asUtf8() + "\n").getBytes(US_ASCII), entropy);
        }
        byte[] written = OwnerOnlyFile.read(places.adminSecret(), MAX_PASSWORD);
        return Octets.utf8(new String(written, US_ASCII).strip());
    }
}
