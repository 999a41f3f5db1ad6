// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.CryptoBugException;

/**
 * TLS 1.3 contexts of the JDK for a participant or a server.
 *
 * <p>Guarantees: only the given roots are trusted, never the JDK's own. The caller still names the protocols of its
 * connections (TLSv1.3) and, as a client, has the host name checked.
 */
public final class TlsContexts {

    private TlsContexts() {}

    /** A context that shows {@code own}, if present, and trusts {@code roots}. */
    public static SSLContext of(Optional<Credential> own, Collection<X509Certificate> roots, Entropy entropy) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(Pkcs12.trustStore(roots));
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            KeyManager[] keys = own.isPresent() ? keyManagers(own.get(), entropy) : new KeyManager[0];
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new CryptoBugException(e);
        }
    }

    private static KeyManager[] keyManagers(Credential own, Entropy entropy) throws GeneralSecurityException {
        char[] password = new char[32];
        byte[] random = entropy.next(password.length);
        for (int i = 0; i < password.length; i++) {
            password[i] = (char) ('!' + (random[i] & 0x3f));
        }
        KeyStore store = Pkcs12.keyStore(own, password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, password);
        return keys.getKeyManagers();
    }
}
