// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.LeafId;
import org.sekisho.groups.engine.SchemeRegistry;

/** The bundles of one node: they go and come again. */
final class SimSchemes {

    final SchemeRegistry registry = new SchemeRegistry();
    private final List<SchemeUnderTest> schemes;
    private final Lens lens;
    private final Optional<LeafId> leaf;

    SimSchemes(List<SchemeUnderTest> schemes, Lens lens, Optional<LeafId> leaf) {
        this.schemes = schemes;
        this.lens = lens;
        this.leaf = leaf;
        schemes.forEach(this::add);
    }

    private void add(SchemeUnderTest scheme) {
        registry.add(lens.over(scheme.bundle().get(), leaf));
    }

    /** All go; events wait. */
    void stop() {
        registry.all().forEach(registry::remove);
    }

    /** New instances of those that are away come; gives their ids. */
    List<String> start() {
        List<SchemeUnderTest> away =
                schemes.stream().filter(s -> registry.scheme(s.id()).isEmpty()).toList();
        away.forEach(this::add);
        return away.stream().map(SchemeUnderTest::id).toList();
    }
}
