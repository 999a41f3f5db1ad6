// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.sekisho.api.Octets;
import org.sekisho.api.directory.GatewayIdentity;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.TrustAnchors;
import org.sekisho.directory.firststart.Established;
import org.sekisho.directory.firststart.FirstStart;
import org.sekisho.directory.firststart.Listener;
import org.sekisho.directory.firststart.Places;

/**
 * The gateway's keys. Makes them on the first start, before anything listens, and opens them on later ones; the component
 * is not there when that fails. The environment variables (or system properties) {@code SEKISHO_API_HOST} and {@code
 * SEKISHO_API_PORT} set the API listener's address.
 *
 * <p>Threads: safe for many. Signing does not block.
 */
@Component(
        immediate = true,
        service = {GatewayIdentity.class, GatewayKeys.class},
        configurationPid = GatewayConfig.PID)
@Designate(ocd = GatewayConfig.class)
public final class GatewayKeys implements GatewayIdentity {

    private final Established established;

    @Activate
    public GatewayKeys(BundleContext context, GatewayConfig config) throws IOException {
        this(new FirstStart(
                        places(context, config), listener(config), config.revocation_required(), new SystemEntropy())
                .run(Clock.systemUTC().instant()));
    }

    GatewayKeys(Established established) {
        this.established = established;
    }

    @Override
    public Octets serverKey() {
        return established.serverKey().verifyingKey().bytes();
    }

    @Override
    public Octets sign(String label, Octets bytes) {
        return established.serverKey().sign(label, bytes);
    }

    CertificateAuthority authority() {
        return established.authority();
    }

    /** As it is in force now. */
    TrustAnchors enterprise() {
        return established.enterprise().current();
    }

    /** See {@link org.sekisho.directory.firststart.EnterpriseTrust#refresh}. */
    boolean refreshTrust() throws IOException {
        return established.enterprise().refresh();
    }

    @Deactivate
    void close() {
        established.serverKey().close();
    }

    private static Places places(BundleContext context, GatewayConfig config) {
        return new Places(
                path(context, config.etc()),
                path(context, config.data()),
                path(context, config.keys()),
                path(context, config.trust()));
    }

    private static Path path(BundleContext context, String text) {
        return Path.of(text.replace("${karaf.etc}", property(context, "karaf.etc"))
                .replace("${karaf.data}", property(context, "karaf.data")));
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }

    private static Listener listener(GatewayConfig config) {
        List<String> names = Arrays.stream(config.names())
                .map(name -> name.equals("${host}") ? hostName() : name)
                .distinct()
                .toList();
        return new Listener(environment("SEKISHO_API_HOST"), environment("SEKISHO_API_PORT"), names);
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getProperty(name, System.getenv(name)))
                .filter(value -> !value.isBlank());
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            return name.matches("[a-z0-9.-]+") ? name : "localhost";
        } catch (UnknownHostException e) {
            // A machine that does not know its own name is reached by another one, which is to be configured.
            return "localhost";
        }
    }
}
