// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.assertj.core.api.SoftAssertions;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Every feature in a stock Karaf: comes alone, runs, disturbs nobody, leaves nothing. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FeatureIT {
    @Inject
    private BundleContext context;

    @Inject
    private BootFinished boot;

    @Inject
    private FeaturesService features;

    @Configuration
    public Option[] container() {
        return StockKaraf.with();
    }

    @Test
    public void everyFeatureInstallsAloneAndLeavesClean() throws Exception {
        URI repository = URI.create(
                "mvn:org.sekisho/sekisho-features/" + context.getProperty("sekisho.version") + "/xml/features");
        features.addRepository(repository);
        List<String> names = new ArrayList<>();
        for (Feature feature : features.getRepository(repository).getFeatures()) {
            names.add(feature.getName());
        }
        assertThat(names).contains("sekisho-gateway", "sekisho-crypto");

        SoftAssertions all = new SoftAssertions();
        for (String name : names) {
            comesAndGoes(name, all);
        }
        all.assertAll();
        startsWithWhatTheOthersLeft();
    }

    /** All the features before had the same database; it must not be kept by one that is gone. */
    private void startsWithWhatTheOthersLeft() throws Exception {
        features.installFeature("sekisho-gateway", EnumSet.noneOf(FeaturesService.Option.class));
        ServiceTracker<Object, Object> groups = new ServiceTracker<>(context, "org.sekisho.api.groups.Groups", null);
        groups.open(true);
        try {
            assertThat(groups.waitForService(60_000)).isNotNull();
        } finally {
            groups.close();
        }
    }

    private void comesAndGoes(String name, SoftAssertions all) throws Exception {
        try (BundleLedger ledger = new BundleLedger(context)) {
            features.installFeature(name, EnumSet.noneOf(FeaturesService.Option.class));
            all.assertThat(features.isInstalled(features.getFeature(name)))
                    .as(name)
                    .isTrue();
            all.assertThat(ledger.newcomersAtRest())
                    .as("%s: does not run", name)
                    .isEmpty();
            all.assertThat(ledger.disturbed())
                    .as("%s: disturbed by install", name)
                    .isEmpty();

            features.uninstallFeature(name, EnumSet.noneOf(FeaturesService.Option.class));
            all.assertThat(ledger.disturbed())
                    .as("%s: disturbed by uninstall", name)
                    .isEmpty();
            all.assertThat(ledger.now()).as("%s: left behind or changed", name).isEqualTo(ledger.before());
        }
    }
}
