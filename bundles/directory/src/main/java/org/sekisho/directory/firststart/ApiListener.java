// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory.firststart;

import java.io.IOException;
import org.sekisho.api.scheme.Entropy;

/**
 * The configuration of the HTTP service that listens for REST and SOAP. Keys and their passwords are ours and kept up to
 * date; whatever else an operator writes into the file stays. Because it appears last, nothing listens before there are
 * keys.
 */
final class ApiListener {

    private static final String FILE = "org.apache.felix.http-api.cfg";
    private static final String HOST = "org.apache.felix.http.host";
    private static final String PORT = "org.osgi.service.http.port.secure";

    private final Places places;
    private final Entropy entropy;

    ApiListener(Places places, Entropy entropy) {
        this.places = places;
        this.entropy = entropy;
    }

    /** Writes what is missing or out of date. {@code generation} changes when key or trust changes, to reload them. */
    void ensure(Listener wanted, KeyFile key, KeyFile trust, String generation) throws IOException {
        var file = PropertyLines.of(places.etc().resolve(FILE));
        file.setIfAbsent("org.apache.felix.http.name", "api");
        file.setIfAbsent("org.apache.felix.http.enable", "false");
        file.setIfAbsent("org.apache.felix.https.enable", "true");
        file.setIfAbsent("org.apache.felix.http2.enable", "false");
        wanted.host().ifPresent(host -> file.set(HOST, host));
        wanted.port().ifPresent(port -> file.set(PORT, port));
        file.setIfAbsent(HOST, "127.0.0.1");
        file.setIfAbsent(PORT, "8443");
        file.setIfAbsent("org.apache.felix.https.clientcertificate", "wants");
        file.setIfAbsent("org.apache.felix.https.jetty.protocols.included", "TLSv1.3,TLSv1.2");
        file.set("org.apache.felix.https.keystore", key.path().toString());
        file.set("org.apache.felix.https.keystore.password", key.password());
        file.set("org.apache.felix.https.keystore.key.password", key.password());
        file.set("org.apache.felix.https.truststore", trust.path().toString());
        file.set("org.apache.felix.https.truststore.password", trust.password());
        file.set("org.sekisho.keys.generation", generation);
        file.save(entropy);
    }
}
