// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** A key for the gateway's console: made for one run, its public half entered in {@code etc/keys.properties}. */
final class ConsoleKey {

    private static final String ADMIN_GROUP = "\n_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh\n";

    private ConsoleKey() {}

    /** Gives the file of the private key (mode 0600). */
    static Path install(Path gateway) throws IOException {
        Path keyFile = gateway.resolve("console-key.pem");
        if (Files.exists(keyFile)) {
            return keyFile;
        }
        KeyPair pair = generate();
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        Files.writeString(keyFile, pem);
        String line = "admin = " + openSsh((RSAPublicKey) pair.getPublic()) + ",_g_:admingroup" + ADMIN_GROUP;
        Files.writeString(gateway.resolve("etc/keys.properties"), line);
        return keyFile;
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(3072);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String openSsh(RSAPublicKey key) throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(blob);
        for (byte[] field : new byte[][] {
            "ssh-rsa".getBytes(StandardCharsets.US_ASCII),
            key.getPublicExponent().toByteArray(),
            key.getModulus().toByteArray()
        }) {
            out.writeInt(field.length);
            out.write(field);
        }
        return Base64.getEncoder().encodeToString(blob.toByteArray());
    }
}
