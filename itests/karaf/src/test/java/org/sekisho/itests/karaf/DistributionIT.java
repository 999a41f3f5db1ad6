// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;
import static org.ops4j.pax.exam.CoreOptions.environment;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;

/** The distribution as it is unpacked: boots without a network, runs whole, and is closed where it should be. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DistributionIT {
    @Inject
    private BundleContext context;

    @Inject
    private BootFinished boot;

    @Inject
    private FeaturesService features;

    @Configuration
    public Option[] container() {
        int admin = Container.freePort();
        int api = Container.freePort();
        return Container.from(
                "sekisho.distribution",
                environment("SEKISHO_ADMIN_PORT=" + admin),
                environment("SEKISHO_API_PORT=" + api),
                editConfigurationFilePut("etc/system.properties", "sekisho.test.api", Integer.toString(api)),
                editConfigurationFilePut("etc/system.properties", "sekisho.test.admin", Integer.toString(admin)));
    }

    private int statusOf(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + context.getProperty("sekisho.test.admin") + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(5_000);
        connection.setReadTimeout(10_000);
        return connection.getResponseCode();
    }

    private void awaitStatus(int expected) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        int status = 0;
        while (status != expected && System.nanoTime() < end) {
            status = statusOf("/health/ready");
            Thread.onSpinWait();
        }
        assertThat(status).isEqualTo(expected);
    }

    @Test
    public void becomesReady() throws Exception {
        awaitStatus(200);
        assertThat(statusOf("/health/live")).isEqualTo(200);
        assertThat(statusOf("/metrics")).isEqualTo(200);
    }

    @Test
    public void isNotReadyWhileAPartIsMissing() throws Exception {
        becomesReady();
        Bundle part = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.sekisho.searchindex"))
                .findFirst()
                .orElseThrow();
        part.stop();
        try {
            awaitStatus(503);
        } finally {
            part.start();
        }
        awaitStatus(200);
    }

    @Test
    public void everyBundleIsActive() {
        List<String> resting = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .filter(bundle -> (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0)
                .map(bundle -> bundle.getSymbolicName() + " state " + bundle.getState())
                .collect(Collectors.toList());
        assertThat(resting).isEmpty();
    }

    @Test
    public void everyPartIsThere() throws Exception {
        assertThat(features.isInstalled(features.getFeature("sekisho-gateway"))).isTrue();
        assertThat(Stream.of(context.getBundles()).map(Bundle::getSymbolicName))
                .contains("org.sekisho.api", "org.sekisho.groups", "org.sekisho.rest", "org.sekisho.soap");
    }

    @Test
    public void thereIsOneBouncyCastle() {
        assertThat(Stream.of(context.getBundles())
                        .filter(bundle -> bundle.getSymbolicName().startsWith("bc"))
                        .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion()))
                .hasSize(3)
                .allMatch(name -> name.contains(" 1.86"));
    }

    @Test
    public void nothingOfOursImportsDynamically() {
        assertThat(Stream.of(context.getBundles())
                        .filter(bundle -> bundle.getSymbolicName().startsWith("org.sekisho."))
                        .filter(bundle -> bundle.getHeaders().get("DynamicImport-Package") != null)
                        .map(Bundle::getSymbolicName))
                .isEmpty();
    }

    @Test
    public void nothingIsHotDeployedOrManagedFromAfar() {
        assertThat(Path.of(context.getProperty("karaf.base"), "etc", "org.apache.felix.fileinstall-deploy.cfg"))
                .doesNotExist();
        assertThat(Stream.of(context.getBundles()).map(Bundle::getSymbolicName))
                .doesNotContain("org.apache.karaf.management.server", "org.apache.karaf.deployer.kar");
    }

    @Test
    public void itsListenersStayOnTheMachine() throws IOException {
        assumeTrue("a Linux with /proc", Files.isReadable(Path.of("/proc/self/net/tcp")));
        List<String> listeners = Sockets.ownListeners();
        for (String port : new String[] {"sekisho.test.admin", "sekisho.test.api"}) {
            String suffix = String.format(":%04X", Integer.parseInt(context.getProperty(port)));
            assertThat(listeners)
                    .as(port)
                    .filteredOn(listener -> listener.endsWith(suffix))
                    .hasSize(1)
                    .allMatch(Sockets::isLoopback);
        }
        // one more is open to all: the remote control of Pax Exam itself
        assertThat(listeners.stream().filter(listener -> !Sockets.isLoopback(listener)))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    public void theLogIsFreeOfErrors() throws IOException {
        Path log = Path.of(context.getProperty("karaf.data"), "log", "karaf.log");
        assertThat(Files.readAllLines(log, StandardCharsets.UTF_8))
                .filteredOn(line -> line.contains("| ERROR |"))
                // Pax Exam starts the JVM without Karaf's patches of java.base
                .filteredOn(line -> !line.contains("org/apache/karaf/specs/locator"))
                .filteredOn(line -> !line.endsWith("FrameworkEvent ERROR"))
                .isEmpty();
    }
}
