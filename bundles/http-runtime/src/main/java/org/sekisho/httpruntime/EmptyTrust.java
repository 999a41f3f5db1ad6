// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.apache.wss4j.common.crypto.Crypto;
import org.apache.wss4j.common.crypto.Merlin;

/** What WSS4J reads certificates with. It knows none itself, so a message has to bring its own, which the directory judges. */
final class EmptyTrust {

    static final Crypto CRYPTO = empty();

    private EmptyTrust() {}

    private static Crypto empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Merlin crypto = new Merlin();
            crypto.setKeyStore(store);
            crypto.setTrustStore(store);
            return crypto;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PKCS#12", e);
        }
    }
}
