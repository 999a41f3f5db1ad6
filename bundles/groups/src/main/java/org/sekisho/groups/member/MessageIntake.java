// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.List;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.group.SignedCommit;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.MalformedException;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.VerifyingKey;
import org.sekisho.crypto.message.MessageFrame;
import org.sekisho.crypto.message.MessageWindow;
import org.sekisho.crypto.message.Opened;
import org.sekisho.crypto.message.ReplayedException;

/**
 * Opens application messages from the log. The window that refuses replays is stored in the transaction that moves the cursor
 * and queues the message for the application. Every failure is the same outcome, counted, and never stops the log.
 */
final class MessageIntake {

    /** Messages kept until their epoch's key is here. */
    static final int MAX_HELD = 1000;

    private static final Octets WINDOW = Octets.utf8("w");
    private static final Octets HELD = Octets.utf8("h");

    private final MemberIdentity self;
    private final Deliveries deliveries;

    MessageIntake(MemberIdentity self, Deliveries deliveries) {
        this.self = self;
        this.deliveries = deliveries;
    }

    void take(RowTx tx, EpochCache epochs, long n, Octets bytes) {
        MessageFrame frame;
        try {
            frame = MessageFrame.decode(bytes);
        } catch (MalformedException e) {
            cannotOpen(tx, n);
            return;
        }
        if (frame.leaf().equals(self.leaf())) {
            return;
        }
        if (isLate(tx, frame.epoch())) {
            cannotOpen(tx, n);
            return;
        }
        take(tx, epochs, n, frame, bytes);
    }

    private void take(RowTx tx, EpochCache epochs, long n, MessageFrame frame, Octets bytes) {
        Optional<EpochCache.Opened> epoch = epochs.find(tx, frame.epoch());
        if (epoch.isPresent()) {
            open(tx, epoch.get(), n, frame);
        } else if (awaited(tx, frame)) {
            tx.put(Table.WINDOW, Octets.concat(HELD, Octets.ofLong(n)), bytes);
        } else {
            cannotOpen(tx, n);
        }
    }

    boolean holds(RowTx tx) {
        return tx.count(Table.WINDOW, HELD) > 0;
    }

    /** Opens what was kept for a key that has come, or will not come any more. */
    void takeHeld(RowTx tx, EpochCache epochs) {
        if (Keyed.since(tx) == 0) {
            return;
        }
        List<Row> held = tx.scan(Table.WINDOW, HELD, Octets.EMPTY, MAX_HELD);
        for (Row row : held) {
            MessageFrame frame = MessageFrame.decode(row.value());
            if (epochs.find(tx, frame.epoch()).isPresent() || !keyMayCome(tx, frame)) {
                tx.delete(Table.WINDOW, row.key());
                take(tx, epochs, row.key().slice(1, 9).toLong(), frame, row.value());
            }
        }
    }

    private boolean awaited(RowTx tx, MessageFrame frame) {
        return tx.count(Table.WINDOW, HELD) < MAX_HELD && keyMayCome(tx, frame);
    }

    /** A committed epoch after the last one this leaf held, with this leaf in it: its key is still on its way. */
    private boolean keyMayCome(RowTx tx, MessageFrame frame) {
        return frame.epoch() > Keyed.reached(tx)
                && ChainRows.commit(tx, frame.epoch())
                        .map(SignedCommit::commit)
                        .flatMap(commit ->
                                ChainRows.findRoster(tx, commit.header().rosterHash()))
                        .filter(roster -> roster.roster().contains(self.leaf()))
                        .isPresent();
    }

    /**
     * Of an epoch before the last change of cohort: an honest gateway takes none any more, and who was removed still has that
     * epoch's keys (protocol note F10).
     */
    private static boolean isLate(RowTx tx, long epoch) {
        GroupState state = ChainRows.state(tx);
        if (epoch >= state.epoch()) {
            return false;
        }
        long cohort = state.header().orElseThrow().cohort();
        return ChainRows.commit(tx, epoch)
                .filter(commit -> commit.commit().header().cohort() == cohort)
                .isEmpty();
    }

    private void open(RowTx tx, EpochCache.Opened epoch, long n, MessageFrame frame) {
        Octets key =
                Octets.concat(WINDOW, Octets.ofLong(frame.epoch()), frame.leaf().value());
        MessageWindow window =
                tx.get(Table.WINDOW, key).map(MessageWindow::decode).orElseGet(MessageWindow::new);
        Opened message;
        try {
            VerifyingKey sender = epoch.key(frame.leaf()).orElseThrow(AuthenticationFailedException::new);
            message = epoch.opener().open(frame, sender, window);
        } catch (AuthenticationFailedException | ReplayedException e) {
            cannotOpen(tx, n);
            return;
        }
        tx.put(Table.WINDOW, key, window.encode());
        deliveries.add(
                tx,
                new MemberEvent.Message(
                        new GroupId(tx.scope()),
                        n,
                        frame.epoch(),
                        message.leaf(),
                        message.contentType(),
                        message.plaintext()));
    }

    /** Windows of an epoch whose keys are gone guard nothing any more. */
    static void forgetWindows(RowTx tx, long epoch) {
        Octets prefix = Octets.concat(WINDOW, Octets.ofLong(epoch));
        for (List<Row> rows; !(rows = tx.scan(Table.WINDOW, prefix, Octets.EMPTY, 500)).isEmpty(); ) {
            rows.forEach(row -> tx.delete(Table.WINDOW, row.key()));
        }
    }

    private void cannotOpen(RowTx tx, long n) {
        Counters.next(tx, Counters.CANNOT_OPEN);
        deliveries.add(tx, new MemberEvent.CannotOpen(new GroupId(tx.scope()), n));
    }
}
