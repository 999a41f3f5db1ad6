// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.CryptoBugException;
import org.sekisho.crypto.store.OwnerOnlyFile;

/**
 * PKCS#12 files of the JDK: one credential under one password, or a set of trusted certificates.
 *
 * <p>Guarantees: a written file is whole and durable or not there, and only its owner may read it. The caller erases
 * passwords.
 */
public final class Pkcs12 {

    /** Most bytes of a file. */
    public static final int MAX_SIZE = 1 << 20;

    private static final String ALIAS = "sekisho";

    private Pkcs12() {}

    /** The encoding of one credential. */
    public static byte[] encode(Credential credential, char[] password) {
        try {
            KeyStore store = empty();
            Certificate[] chain = credential.chain().toArray(Certificate[]::new);
            store.setKeyEntry(ALIAS, credential.key(), password, chain);
            return bytes(store, password);
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    /** The encoding of trusted certificates. */
    public static byte[] encodeTrust(Collection<X509Certificate> roots, char[] password) {
        try {
            KeyStore store = empty();
            int number = 0;
            for (X509Certificate root : roots) {
                store.setCertificateEntry(ALIAS + number++, root);
            }
            return bytes(store, password);
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    /**
     * Reads the one credential of a file; other entries are ignored, two keys are refused.
     *
     * @throws AuthenticationFailedException when the password is wrong or the content was changed
     */
    public static Credential decode(byte[] encoded, char[] password) {
        KeyStore store = open(encoded, password);
        @Nullable Credential found = null;
        for (String alias : aliases(store)) {
            @Nullable Credential here = credential(store, alias, password);
            if (here != null && found != null) {
                throw new IllegalArgumentException("more than one key in the PKCS#12 file");
            }
            found = here == null ? found : here;
        }
        if (found == null) {
            throw new IllegalArgumentException("no key in the PKCS#12 file");
        }
        return found;
    }

    /** Reads the trusted certificates of a file. */
    public static List<X509Certificate> decodeTrust(byte[] encoded, char[] password) {
        KeyStore store = open(encoded, password);
        List<X509Certificate> roots = new ArrayList<>();
        try {
            for (String alias : aliases(store)) {
                if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate root) {
                    roots.add(root);
                }
            }
            return List.copyOf(roots);
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    /** Reads a credential from {@code file}. */
    public static Credential load(Path file, char[] password) throws IOException {
        return decode(OwnerOnlyFile.read(file, MAX_SIZE), password);
    }

    /** Writes a credential to {@code file}, in place of what was there. */
    public static void save(Path file, Credential credential, char[] password, Entropy entropy) throws IOException {
        OwnerOnlyFile.replace(file, encode(credential, password), entropy);
    }

    /** Writes trusted certificates to {@code file}, in place of what was there. */
    public static void saveTrust(Path file, Collection<X509Certificate> roots, char[] password, Entropy entropy)
            throws IOException {
        OwnerOnlyFile.replace(file, encodeTrust(roots, password), entropy);
    }

    /** A key store in memory that holds the credential; for TLS. */
    static KeyStore keyStore(Credential credential, char[] password) {
        return open(encode(credential, password), password);
    }

    /** A key store in memory that holds the roots; for TLS. */
    static KeyStore trustStore(Collection<X509Certificate> roots) {
        char[] password = new char[0];
        return open(encodeTrust(roots, password), password);
    }

    private static @Nullable Credential credential(KeyStore store, String alias, char[] password) {
        try {
            if (!store.isKeyEntry(alias) || !(store.getKey(alias, password) instanceof PrivateKey key)) {
                return null;
            }
            List<X509Certificate> chain = Arrays.stream(store.getCertificateChain(alias))
                    .map(X509Certificate.class::cast)
                    .toList();
            return new Credential(key, chain);
        } catch (GeneralSecurityException e) {
            throw new AuthenticationFailedException();
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new CryptoBugException(e);
        }
    }

    private static KeyStore open(byte[] encoded, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(encoded), password);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new AuthenticationFailedException();
        }
    }

    private static byte[] bytes(KeyStore store, char[] password) throws GeneralSecurityException {
        try {
            var out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (IOException e) {
            throw new CryptoBugException(e);
        }
    }

    private static List<String> aliases(KeyStore store) {
        try {
            return Collections.list(store.aliases());
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }
}
