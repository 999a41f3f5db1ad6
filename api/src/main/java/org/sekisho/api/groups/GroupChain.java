// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sekisho.api.Octets;

/**
 * What a newcomer verifies from the genesis on (protocol note F5).
 *
 * @param nonce of the genesis
 * @param policies signed policies, encoded, by version
 * @param rosters signed rosters, encoded, by sequence: those that epochs name, and the current proposal last
 * @param commits signed commits, encoded, by epoch
 * @param reinits signed scheme switches that were carried out, encoded, by epoch
 */
public record GroupChain(
        Octets nonce, List<Octets> policies, List<Octets> rosters, List<Octets> commits, List<Octets> reinits) {
    public GroupChain {
        policies = List.copyOf(policies);
        rosters = List.copyOf(rosters);
        commits = List.copyOf(commits);
        reinits = List.copyOf(reinits);
    }

    /** Of a group that has always run one scheme. */
    public GroupChain(Octets nonce, List<Octets> policies, List<Octets> rosters, List<Octets> commits) {
        this(nonce, policies, rosters, commits, List.of());
    }

    /** All pages, one after the other; {@code pages} gives the one of a cursor, the first without. */
    public static GroupChain of(Function<Optional<String>, ChainPage> pages) {
        List<Octets> policies = new ArrayList<>();
        List<Octets> rosters = new ArrayList<>();
        List<Octets> commits = new ArrayList<>();
        List<Octets> reinits = new ArrayList<>();
        ChainPage page = pages.apply(Optional.empty());
        while (true) {
            policies.addAll(page.policies());
            rosters.addAll(page.rosters());
            commits.addAll(page.commits());
            reinits.addAll(page.reinits());
            if (page.next().isEmpty()) {
                return new GroupChain(page.nonce(), policies, rosters, commits, reinits);
            }
            page = pages.apply(page.next());
        }
    }
}
