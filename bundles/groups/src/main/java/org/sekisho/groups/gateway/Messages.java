// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.time.Duration;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.ConflictException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.RejectedException;
import org.sekisho.api.group.Limit;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.scheme.Ctx.EpochView;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.MalformedException;
import org.sekisho.crypto.Sha256;
import org.sekisho.crypto.message.MessageFrame;
import org.sekisho.groups.gateway.GroupRecord.Grace;

/** Takes sealed application messages. Only their public frame is read; that it tells the truth, receivers find out. */
final class Messages {

    /** A removal that is not committed by then stops all sending (protocol note R28d). */
    static final Duration REMOVAL_DEADLINE = Duration.ofMinutes(5);

    /** Newest entries among which a message is recognised when it comes again. */
    static final long REMEMBERED = 100_000;

    private static final Octets TAKEN = Octets.of((byte) 3);

    private final GatewayParts parts;

    Messages(GatewayParts parts) {
        this.parts = parts;
    }

    Receipt post(Caller caller, GroupId group, Octets sealed) {
        LeafId sender = caller.requireLeaf();
        Limit.atMost("message octets", sealed.size(), MessageFrame.MAX_SIZE);
        MessageFrame frame = frame(sealed);
        Octets key = Octets.concat(TAKEN, Sha256.hash(sealed).value());
        return parts.rows().transact(group.value(), tx -> {
            GroupState state = parts.groups().require(tx);
            Access.demand(Operation.GROUP_POST, caller, state);
            check(state, sender, frame, sealed.size());
            Optional<Octets> before = tx.get(Table.SEEN, key);
            if (before.isPresent()) {
                return new Receipt(before.get().toLong(), Receipt.State.REPEATED);
            }
            checkEpoch(state, frame);
            long n = parts.log().append(tx, sealed, parts.clock().now());
            tx.put(Table.SEEN, key, Octets.ofLong(n));
            forget(tx, n - REMEMBERED);
            return new Receipt(n, Receipt.State.DONE);
        });
    }

    private static MessageFrame frame(Octets sealed) {
        try {
            return MessageFrame.decode(sealed);
        } catch (MalformedException e) {
            throw new RejectedException(ErrorCode.MALFORMED, "message: " + e.getMessage());
        }
    }

    private static void check(GroupState state, LeafId sender, MessageFrame frame, int size) {
        if (!frame.leaf().equals(sender)) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "the message names another sender");
        }
        if (!state.committed().roster().contains(sender)) {
            throw new DeniedException(ErrorCode.NOT_A_MEMBER, "not a member of the current epoch");
        }
        Limit.atMost("message octets", size, state.policy().maxMessage());
    }

    private void checkEpoch(GroupState state, MessageFrame frame) {
        long lived = parts.clock().lived();
        if (blocked(state, lived)) {
            throw new ConflictException(ErrorCode.SEND_BLOCKED, "a removal has not taken effect yet");
        }
        Optional<EpochView> current = state.record().epoch();
        Optional<Grace> grace = state.record().grace().filter(g -> lived <= g.until());
        boolean fresh = current.filter(e ->
                                names(frame, e.header().epoch(), e.epochHash().value()))
                        .isPresent()
                || grace.filter(g -> names(frame, g.epoch(), g.epochHash().value()))
                        .isPresent();
        if (!fresh) {
            throw new ConflictException(ErrorCode.STALE_EPOCH, "sealed for another epoch than the current one");
        }
    }

    private static boolean names(MessageFrame frame, long epoch, Octets hash) {
        return frame.epoch() == epoch && hash.startsWith(frame.epochHashPrefix());
    }

    /** True when a removal has waited for its epoch too long. */
    static boolean blocked(GroupState state, long lived) {
        long since = state.record().removalSince();
        return since >= 0 && lived - since > REMOVAL_DEADLINE.toMillis();
    }

    private void forget(RowTx tx, long n) {
        if (n > 0) {
            parts.log().bytes(tx, n).ifPresent(bytes -> forget(tx, bytes));
        }
    }

    /** That this message was taken. */
    static void forget(RowTx tx, Octets bytes) {
        tx.delete(Table.SEEN, Octets.concat(TAKEN, Sha256.hash(bytes).value()));
    }
}
