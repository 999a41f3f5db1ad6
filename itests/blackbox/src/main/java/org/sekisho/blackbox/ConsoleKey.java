// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** A key for the gateway's console: made for one run and kept in memory, its public half entered in {@code etc/keys.properties}. */
final class ConsoleKey {

    private static final String ADMIN_GROUP = "_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh\n";

    private ConsoleKey() {}

    static KeyPair install(Path gateway) throws IOException {
        KeyPair pair = generate();
        Files.writeString(
                gateway.resolve("etc/keys.properties"), "admin = " + line(pair) + ",_g_:admingroup\n" + ADMIN_GROUP);
        return pair;
    }

    /** The public half as {@code etc/keys.properties} has it. */
    static String line(KeyPair pair) {
        return PublicKeyEntry.toString(pair.getPublic()).split(" ")[1];
    }

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(3072);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
