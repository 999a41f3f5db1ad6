// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.group.Genesis;
import org.sekisho.api.group.Policy;
import org.sekisho.api.group.RosterEntry;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.Role;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.GenesisCodec;
import org.sekisho.groups.chain.GenesisCheck;
import org.sekisho.groups.engine.SchemeFault;
import org.sekisho.groups.gateway.GroupRecord.RosterRef;
import org.sekisho.groups.gateway.GroupRecord.Running;

/** Founds groups: verifies the genesis, writes the first rows and starts the server instance, in one transaction. */
final class Foundation {

    private final GatewayParts parts;

    Foundation(GatewayParts parts) {
        this.parts = parts;
    }

    /** Gives the id; a group that exists already is left alone. */
    GroupId create(Caller caller, Octets encoded) {
        Operation.GROUP_CREATE.demand(caller);
        LeafId founder = caller.requireLeaf();
        Genesis genesis = GenesisCodec.decode(encoded);
        GroupId group = GenesisCheck.check(genesis);
        if (!genesis.roster().signer().equals(founder)) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "a group is founded by its founder");
        }
        SchemeDescriptor scheme = scheme(genesis.policy().policy());
        var founded = new FoundedGroups(parts.rows(), parts.quotas().groupsPerParticipant());
        boolean taken = founded.take(founder, group);
        try {
            return found(group, genesis, scheme);
        } catch (SekishoException refused) {
            boolean nothingHappened = refused.code().category() != ErrorCode.Category.INDETERMINATE;
            if (taken && nothingHappened) {
                founded.giveBack(founder, group);
            }
            throw refused;
        }
    }

    private GroupId found(GroupId group, Genesis genesis, SchemeDescriptor scheme) {
        try {
            return Participants.looking(
                    parts.directory(), participants -> parts.rows().transact(group.value(), tx -> {
                        if (!parts.groups().exists(tx)) {
                            checkFounder(participants, genesis);
                            found(tx, participants, group, genesis, scheme);
                        }
                        return group;
                    }));
        } catch (SchemeFault fault) {
            throw new UnavailableException(ErrorCode.CAPABILITY_ABSENT, "the scheme failed; nothing was founded");
        }
    }

    private SchemeDescriptor scheme(Policy policy) {
        if (!policy.serverKey().equals(parts.voice().serverKey())) {
            throw new RejectedException(ErrorCode.POLICY_VIOLATION, "the policy trusts another server than this one");
        }
        SchemeDescriptor descriptor = parts.schemes()
                .scheme(policy.schemeId())
                .map(GroupKeyScheme::descriptor)
                .orElseThrow(() -> new UnavailableException(
                        ErrorCode.CAPABILITY_ABSENT, "scheme " + policy.schemeId() + " is absent"));
        if (policy.blindRequired() && !descriptor.blind()) {
            throw new RejectedException(ErrorCode.POLICY_VIOLATION, "the policy requires a blind scheme");
        }
        return descriptor;
    }

    private void checkFounder(Participants participants, Genesis genesis) {
        RosterEntry entry = genesis.roster().roster().entries().get(0);
        new RosterBook(parts).checkAdmission(participants, genesis.policy().policy(), entry);
    }

    private void found(RowTx tx, Participants participants, GroupId group, Genesis genesis, SchemeDescriptor scheme) {
        parts.groups().add(tx, genesis.policy());
        RosterRef roster = parts.groups().add(tx, genesis.roster());
        var record = new GroupRecord(
                genesis.nonce(),
                parts.clock().now(),
                Running.of(scheme),
                1,
                roster,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                GroupRecord.NO_REMOVAL,
                "");
        parts.groups().save(tx, record);
        parts.members().enter(tx, genesis.roster().signer(), 1);
        long instance =
                parts.runner().create(tx, new ServerSide(parts, participants), scheme.id(), Role.SERVER, Octets.EMPTY);
        // the first step may have changed the record
        parts.groups().save(tx, parts.groups().require(tx).record().withInstance(instance));
        parts.audit()
                .append(
                        tx,
                        AuditEntry.ok(
                                genesis.roster().signer().toString(),
                                "group.create",
                                group.toString(),
                                "scheme " + scheme.id()));
    }
}
