// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.List;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.Roster;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.group.SignedRoster;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.store.RowTx;
import org.sekisho.groups.chain.GroupHashes;
import org.sekisho.groups.chain.PolicyCheck;
import org.sekisho.groups.chain.RosterRules;
import org.sekisho.groups.chain.RosterStep;
import org.sekisho.groups.gateway.GroupRecord.RosterRef;

/** Takes rosters into the chain. The first valid one of a number wins; a header that is open for an older one is closed. */
final class RosterBook {

    private final GatewayParts parts;

    RosterBook(GatewayParts parts) {
        this.parts = parts;
    }

    /**
     * Makes {@code next} the proposal for the next epoch.
     *
     * @param entry position of the log entry that proposed it; what it adds may read from there on
     */
    List<Event> adopt(RowTx tx, Participants participants, SignedRoster next, long entry) {
        GroupState state = parts.groups().require(tx);
        SignedRoster link = state.link();
        if (GroupHashes.of(link).equals(GroupHashes.of(next))) {
            return List.of();
        }
        Policy named = parts.groups()
                .policy(tx, next.roster().policyHash())
                .orElseThrow(
                        () -> new RejectedException(ErrorCode.POLICY_VIOLATION, "the roster names no known policy"))
                .policy();
        RosterRules.check(new RosterStep(state.committed(), link, next, state.policy(), named, state.epochNumber()));
        PolicyCheck.checkBlind(
                named, parts.schemes().scheme(state.record().running().schemeId()));
        checkAdmission(participants, named, link.roster(), next.roster());
        RosterRef ref = parts.groups().add(tx, next);
        parts.groups().save(tx, state.record().withProposal(ref, removalSince(state, next.roster())));
        link.roster().addedBy(next.roster()).forEach(leaf -> parts.members().enter(tx, leaf, entry));
        parts.audit()
                .append(
                        tx,
                        AuditEntry.ok(
                                next.signer().toString(),
                                "roster.adopt",
                                state.group().toString(),
                                "roster " + ref.seq() + " " + ref.hash()));
        return List.of(new Event.RosterAdopted(next));
    }

    private long removalSince(GroupState state, Roster next) {
        if (state.committed().roster().removedBy(next).isEmpty()) {
            return GroupRecord.NO_REMOVAL;
        }
        long since = state.record().removalSince();
        return since >= 0 ? since : parts.clock().lived();
    }

    /** New leaves are participants with the keys and certificate the roster says, and the policy admits them. */
    private void checkAdmission(Participants participants, Policy policy, Roster link, Roster next) {
        var added = link.addedBy(next);
        participants.need(added);
        for (var leaf : added) {
            checkAdmission(participants, policy, next.entry(leaf).orElseThrow());
        }
    }

    void checkAdmission(Participants participants, Policy policy, RosterEntry entry) {
        Participant p = participants
                .get(entry.leaf())
                .orElseThrow(() -> new RejectedException(
                        ErrorCode.POLICY_VIOLATION, "no participant " + entry.leaf() + " is in the directory"));
        if (p.revokedAt().isPresent()
                || !p.notAfter().isAfter(parts.clock().now())
                || !p.idKey().equals(entry.idKey())
                || !p.hpkeKey().equals(entry.hpkeKey())
                || entry.certHash().filter(h -> !h.equals(p.certHash())).isPresent()) {
            throw new RejectedException(
                    ErrorCode.BAD_CERTIFICATE, "keys or certificate of " + entry.leaf() + " are not valid");
        }
        if (!policy.admission().admits(p.name(), p.issuerHash(), p.certHash())) {
            throw new RejectedException(ErrorCode.POLICY_VIOLATION, "the policy does not admit " + entry.leaf());
        }
    }
}
