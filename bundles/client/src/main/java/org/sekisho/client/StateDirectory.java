// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.UnavailableException;
import org.sekisho.client.transport.Json;
import org.sekisho.crypto.HpkePrivateKey;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.store.ShredKeys;
import org.sekisho.crypto.store.StoreKey;

/**
 * A participant's directory: {@code participant.json}, {@code gateways.pem} and {@code people.pem} (public), {@code hpke.key}, {@code id.key} and {@code store.key} (readable
 * by the owner only), {@code epochs/} (one erasable key per epoch) and {@code rows/} (the sealed store). Keep all of it, and
 * keep {@code epochs/} out of backups.
 */
final class StateDirectory {

    private final Path directory;

    StateDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Who the participant is at its gateway.
     *
     * @param registered the directory has its binding
     */
    record Profile(LeafId leaf, Octets serverKey, boolean registered) {

        Profile asRegistered() {
            return new Profile(leaf, serverKey, true);
        }
    }

    Profile profile() {
        Path file = directory.resolve("participant.json");
        if (!Files.exists(file)) {
            throw new NotFoundException("no participant in " + directory + ": enrol first");
        }
        try {
            return Json.read(Files.readAllBytes(file), Profile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void save(Profile profile) {
        write("participant.json", Json.write(profile));
    }

    private void write(String name, byte[] content) {
        Path file = directory.resolve(name);
        Path unfinished = directory.resolve(name + ".new");
        try {
            Files.createDirectories(directory);
            Files.write(
                    unfinished,
                    content,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            move(unfinished, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What is sealed to the participant is opened with it. */
    HpkePrivateKey hpkeKey() {
        try (SecretBytes scalar = secret("hpke.key")) {
            return HpkePrivateKey.of(scalar);
        }
    }

    /** Whom the participant trusts, as it enrolled: for connections, and as peers. */
    void saveTrust(Collection<X509Certificate> gateways, Collection<X509Certificate> people) {
        write("gateways.pem", TrustFile.pem(gateways).getBytes(StandardCharsets.US_ASCII));
        write("people.pem", TrustFile.pem(people).getBytes(StandardCharsets.US_ASCII));
    }

    Optional<Path> gateways() {
        return Optional.of(directory.resolve("gateways.pem")).filter(Files::exists);
    }

    Optional<Path> people() {
        return Optional.of(directory.resolve("people.pem")).filter(Files::exists);
    }

    boolean hasProfile() {
        return Files.exists(directory.resolve("participant.json"));
    }

    /** Identity key for a participant whose certificate holds another kind of key. */
    SigningKey signingKey() {
        try (SecretBytes seed = secret("id.key")) {
            return SigningKey.of(seed);
        }
    }

    SecretBytes storeKey() {
        return secret("store.key");
    }

    ShredKeys epochKeys() {
        try {
            return ShredKeys.open(directory.resolve("epochs"), new SystemEntropy());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    Path rows() {
        return directory.resolve("rows");
    }

    private SecretBytes secret(String name) {
        try {
            return StoreKey.loadOrCreate(directory.resolve(name), new SystemEntropy());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static UnavailableException unusable(IOException e) {
        return new UnavailableException(ErrorCode.STORAGE_UNAVAILABLE, String.valueOf(e.getMessage()));
    }
}
