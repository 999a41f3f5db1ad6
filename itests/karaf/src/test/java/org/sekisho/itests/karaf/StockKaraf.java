// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.itests.karaf;

import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.replaceConfigurationFile;

import java.io.File;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;

/**
 * A Karaf as Apache ships it, told where our features are. Karaf refreshes what it thinks it must (autoRefresh is on),
 * so nothing is hidden. One file is added beforehand, as operations.md says: the replacement of Karaf's own Bouncy
 * Castle, since two versions of it next to each other re-wire the SSH server.
 */
final class StockKaraf {
    private StockKaraf() {}

    static Option[] with(Option... more) {
        String system = System.getProperty("sekisho.system");
        Option[] ours = {
            editConfigurationFilePut(
                    "etc/org.ops4j.pax.url.mvn.cfg",
                    "org.ops4j.pax.url.mvn.defaultRepositories",
                    "${karaf.home.uri}${karaf.default.repository}@id=system, file:" + system + "@id=sekisho"),
            editConfigurationFilePut("etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.repositories", ""),
            replaceConfigurationFile(
                    "etc/org.apache.karaf.features.xml", new File(system, "../etc/org.apache.karaf.features.xml")),
            editConfigurationFilePut("etc/system.properties", "sekisho.version", System.getProperty("sekisho.version")),
        };
        return Container.from("sekisho.karaf", CoreOptions.composite(ours), CoreOptions.composite(more));
    }
}
