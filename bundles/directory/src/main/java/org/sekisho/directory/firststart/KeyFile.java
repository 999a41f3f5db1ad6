// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.identity.Credential;
import org.sekisho.crypto.identity.Pkcs12;
import org.sekisho.crypto.store.OwnerOnlyFile;

/** A PKCS#12 file, {@code name.p12}, and its random password beside it, {@code name.password}, which is made first. */
final class KeyFile {

    private static final int PASSWORD_OCTETS = 32;
    private static final int MAX_PASSWORD = 256;

    private final Path p12;
    private final Path password;
    private final Entropy entropy;

    KeyFile(Path directory, String name, Entropy entropy) {
        this.p12 = directory.resolve(name + ".p12");
        this.password = directory.resolve(name + ".password");
        this.entropy = entropy;
    }

    Path path() {
        return p12;
    }

    /** The credential; empty when the file is not there yet. What is there and cannot be opened is an error. */
    Optional<Credential> credential() throws IOException {
        if (!Files.exists(p12)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pkcs12.load(p12, existingPassword().toCharArray()));
        } catch (AuthenticationFailedException e) {
            throw new IOException(p12 + " cannot be opened with the password in " + password, e);
        }
    }

    /** The trusted certificates; empty when the file is not there or cannot be opened. */
    List<X509Certificate> trusted() throws IOException {
        if (!Files.exists(p12) || !Files.exists(password)) {
            return List.of();
        }
        try {
            return Pkcs12.decodeTrust(
                    OwnerOnlyFile.read(p12, Pkcs12.MAX_SIZE), existingPassword().toCharArray());
        } catch (AuthenticationFailedException e) {
            return List.of();
        }
    }

    void save(Credential credential) throws IOException {
        Pkcs12.save(p12, credential, password().toCharArray(), entropy);
    }

    void saveTrusted(Collection<X509Certificate> roots) throws IOException {
        Pkcs12.saveTrust(p12, roots, password().toCharArray(), entropy);
    }

    /** The password, made when there is none. */
    String password() throws IOException {
        if (!Files.exists(password)) {
            String fresh = Octets.of(entropy.next(PASSWORD_OCTETS)).base64();
            OwnerOnlyFile.create(password, fresh.getBytes(US_ASCII), entropy);
        }
        return existingPassword();
    }

    private String existingPassword() throws IOException {
        if (!Files.exists(password)) {
            throw new IOException(password + " is missing; " + p12 + " cannot be opened without it");
        }
        return new String(OwnerOnlyFile.read(password, MAX_PASSWORD), US_ASCII).strip();
    }
}
