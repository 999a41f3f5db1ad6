// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.itests.karaf;

import static org.ops4j.pax.exam.CoreOptions.environment;
import static org.ops4j.pax.exam.CoreOptions.mavenBundle;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;

/** The options that every container under test shares. Ports are free ones, so that it may run next to a gateway. */
final class Container {
    private static final String MVN = "etc/org.ops4j.pax.url.mvn.cfg";

    private Container() {}

    static Option[] from(String archive, Option... more) {
        Option[] shared = {
            karafDistributionConfiguration()
                    .frameworkUrl(new File(System.getProperty(archive)).toURI().toString())
                    .name("Sekisho under test")
                    .unpackDirectory(new File("target/exam"))
                    .useDeployFolder(false),
            keepRuntimeFolder(),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            // the container of the tests itself is not part of the distribution
            editConfigurationFilePut(MVN, "org.ops4j.pax.url.mvn.localRepository", System.getProperty("sekisho.m2")),
            editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", Integer.toString(freePort())),
            environment("SEKISHO_SSH_PORT=" + freePort()),
            mavenBundle("net.bytebuddy", "byte-buddy").versionAsInProject(),
            mavenBundle("org.assertj", "assertj-core").versionAsInProject(),
            vmOption("-Xmx512m"),
            systemTimeout(60_000),
        };
        return CoreOptions.options(CoreOptions.composite(shared), CoreOptions.composite(more));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
