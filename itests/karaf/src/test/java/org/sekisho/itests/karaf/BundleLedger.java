// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.itests.karaf;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * What there was at one moment, and what has been done to it since. A refreshed bundle is one that was there, and was
 * stopped or unresolved: whether it came back makes no difference to the requests it had in hand.
 */
final class BundleLedger implements SynchronousBundleListener, AutoCloseable {
    private final BundleContext context;
    private final Map<Long, String> before;
    private final List<String> disturbed = new CopyOnWriteArrayList<>();

    BundleLedger(BundleContext context) {
        this.context = context;
        this.before = entries(context);
        context.addBundleListener(this);
    }

    private static Map<Long, String> entries(BundleContext context) {
        Map<Long, String> entries = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            entries.put(
                    bundle.getBundleId(),
                    bundle.getSymbolicName() + " " + bundle.getVersion() + " state " + bundle.getState() + " modified "
                            + bundle.getLastModified());
        }
        return entries;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        boolean down = Set.of(BundleEvent.STOPPED, BundleEvent.UNRESOLVED, BundleEvent.UPDATED, BundleEvent.UNINSTALLED)
                .contains(event.getType());
        if (down && before.containsKey(event.getBundle().getBundleId())) {
            disturbed.add(event.getBundle().getSymbolicName() + " event " + event.getType());
        }
    }

    /** Bundles of the beginning that were stopped, unresolved, updated or uninstalled since. */
    List<String> disturbed() {
        return List.copyOf(disturbed);
    }

    /** Bundles that came since and neither run nor are fragments. */
    List<String> newcomersAtRest() {
        return Stream.of(context.getBundles())
                .filter(bundle -> !before.containsKey(bundle.getBundleId()))
                .filter(bundle -> bundle.getHeaders().get("Fragment-Host") == null)
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(bundle -> bundle.getSymbolicName() + " state " + bundle.getState())
                .collect(Collectors.toList());
    }

    Map<Long, String> before() {
        return before;
    }

    Map<Long, String> now() {
        return entries(context);
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
    }
}
