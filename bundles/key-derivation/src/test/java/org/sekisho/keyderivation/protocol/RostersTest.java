// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Ctx;

class RostersTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);
    private static final LeafId SIGNER = LeafId.of(new byte[32]);

    private Optional<SignedRoster> proposal = Optional.empty();

    private static SignedRoster roster(long seq, String octets) {
        var roster = new Roster(
                GROUP,
                seq,
                Optional.of(Hash.of(new byte[32])),
                List.of(new RosterEntry(
                        SIGNER, Octets.of(new byte[32]), Octets.of(new byte[32]), Set.of(), 1, Optional.empty())),
                Hash.of(new byte[32]));
        return new SignedRoster(roster, Octets.utf8(octets), SIGNER, Octets.utf8("signed " + octets));
    }

    private Ctx ctx() {
        SignedRoster committed = roster(1, "committed");
        return (Ctx) Proxy.newProxyInstance(
                Ctx.class.getClassLoader(),
                new Class<?>[] {Ctx.class},
                (self, method, args) -> switch (method.getName()) {
                    case "roster" -> committed;
                    case "proposal" -> proposal;
                    case "epoch", "part" -> Optional.empty();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** What was worked out for one proposal is not taken for another that has its number. */
    @Test
    void a_step_is_of_the_proposal_it_was_worked_out_for() {
        try (var draft = new Draft<SideState>(ctx(), null)) {
            proposal = Optional.of(roster(2, "one"));
            assertThat(Rosters.step(draft).target()).isEqualTo(Rosters.hash(proposal.get()));
            assertThat(Rosters.step(draft).target()).isEqualTo(Rosters.hash(proposal.get()));
            proposal = Optional.of(roster(2, "another"));
            assertThat(Rosters.step(draft).target()).isEqualTo(Rosters.hash(proposal.get()));
        }
    }
}
