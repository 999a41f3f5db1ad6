// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.SekishoException;
import org.sekisho.client.Group;
import org.sekisho.codec.Cbor;

/** What the clients know and the gateway must not: texts, private keys, secrets of epochs. Looked for in all it has and wrote. */
public final class LeakScan {

    /** Shorter texts may stand anywhere by chance. */
    private static final int MIN_TEXT = 24;

    private final Canaries canaries = new Canaries();
    private long scannedOctets;
    private int scannedFiles;

    public void text(String text) {
        if (text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length >= MIN_TEXT) {
            canaries.addText("text", text);
        }
    }

    /** The private keys a person keeps on disk. */
    public void keysOf(Person person) throws IOException, GeneralSecurityException {
        KeyStore store =
                KeyStore.getInstance(person.directory().resolve("identity.p12").toFile(), person.password());
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                byte[] encoded = store.getKey(alias, person.password()).getEncoded();
                // the last 32 octets of an Ed25519 PKCS#8 structure are the key itself
                canaries.add(
                        person.name() + "'s identity key",
                        Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
            }
        }
        for (String file : List.of("hpke.key", "store.key")) {
            Path path = person.directory().resolve("state").resolve(file);
            if (Files.exists(path)) {
                byte[] content = Files.readAllBytes(path);
                canaries.add(
                        person.name() + "'s " + file, Arrays.copyOfRange(content, content.length - 32, content.length));
            }
        }
    }

    /** A secret of the group's present epoch, as applications would export it. */
    public void epochOf(Group group) {
        try (SecretBytes secret = group.export(group.epoch(), "app/canary", Cbor.encode(), 32)) {
            secret.use(bytes -> {
                canaries.add("epoch " + group.epoch(), bytes);
                return bytes.length;
            });
        } catch (SekishoException erased) {
            // an epoch that ended meanwhile has no secret to look for
        }
    }

    /** Looks through everything the gateway wrote, and its heap. Gives the hits. */
    public List<Canaries.Hit> scan(GatewayProcess gateway, Path heapDump) throws IOException {
        gateway.heapDump(heapDump);
        List<Path> files = new ArrayList<>(gateway.written());
        files.add(heapDump);
        List<Canaries.Hit> hits = new ArrayList<>();
        for (Path file : files) {
            if (Files.isReadable(file)) {
                hits.addAll(canaries.scan(file));
                scannedOctets += Files.size(file);
                scannedFiles++;
            }
        }
        Files.delete(heapDump);
        return hits;
    }

    public int secrets() {
        return canaries.secrets();
    }

    public long scannedOctets() {
        return scannedOctets;
    }

    public int scannedFiles() {
        return scannedFiles;
    }
}
