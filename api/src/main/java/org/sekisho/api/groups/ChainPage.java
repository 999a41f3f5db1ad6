// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.groups;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.Octets;

/**
 * Some of a {@link GroupChain}, in its order: policies, then rosters, then commits, then scheme switches, as they were when the first page was asked for.
 *
 * @param nonce of the genesis
 * @param next cursor of the next page; empty at the end
 */
public record ChainPage(
        Octets nonce,
        List<Octets> policies,
        List<Octets> rosters,
        List<Octets> commits,
        List<Octets> reinits,
        Optional<String> next) {

    public ChainPage {
        policies = List.copyOf(policies);
        rosters = List.copyOf(rosters);
        commits = List.copyOf(commits);
        reinits = List.copyOf(reinits);
    }
}
