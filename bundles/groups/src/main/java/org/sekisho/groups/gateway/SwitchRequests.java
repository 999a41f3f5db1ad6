// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.Map;
import org.sekisho.api.ConflictException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.SekishoException;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.group.Party;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.Cbor;

/**
 * What an operator may do towards a scheme switch: ask. The gateway has no key that could order one, so the question goes to
 * everyone, signed by the server, and an administrator's application shows it to people, who order it or not.
 */
final class SwitchRequests {

    /** Type of the question: {@code [1, scheme, protocol, reason]}. */
    static final String ASKED = "host/reinit-asked";

    private static final int VERSION = 1;

    private final GatewayParts parts;

    SwitchRequests(GatewayParts parts) {
        this.parts = parts;
    }

    /** Asks only for what the gateway would take if it were ordered now. */
    Receipt ask(RowTx tx, String operator, String scheme, String reason) {
        GroupState state = parts.groups().require(tx);
        SchemeDescriptor descriptor = parts.schemes()
                .scheme(scheme)
                .map(GroupKeyScheme::descriptor)
                .orElseThrow(
                        () -> new RejectedException(ErrorCode.UNKNOWN_SCHEME, "scheme " + scheme + " is absent here"));
        check(tx, state, descriptor);
        Octets body = Cbor.encode(VERSION, scheme, descriptor.protocol(), reason);
        var said = parts.voice().say(state.group(), Party.EVERYONE, ASKED, body, Map.of());
        long n = parts.log().append(tx, said, parts.clock().now());
        parts.audit()
                .append(
                        tx,
                        AuditEntry.ok(
                                operator, "scheme.switch-ask", state.group().toString(), scheme));
        return new Receipt(n, Receipt.State.DONE);
    }

    private static void check(RowTx tx, GroupState state, SchemeDescriptor scheme) {
        if (SwitchRows.find(tx).isPresent()) {
            throw SwitchBook.pending();
        }
        if (state.record().epoch().isEmpty()) {
            throw new ConflictException(ErrorCode.EPOCH_CONFLICT, "the first epoch is not committed");
        }
        if (state.record().running().schemeId().equals(scheme.id())) {
            throw new ConflictException(ErrorCode.ALREADY_EXISTS, "the group runs this scheme");
        }
        boolean allowed = state.policy().allowedSchemes().contains(scheme.id());
        if (!allowed || state.policy().blindRequired() && !scheme.blind()) {
            throw violation();
        }
    }

    private static SekishoException violation() {
        return new RejectedException(ErrorCode.POLICY_VIOLATION, "the policy does not allow this scheme");
    }
}
