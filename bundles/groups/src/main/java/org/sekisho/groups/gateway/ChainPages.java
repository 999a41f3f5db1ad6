// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.store.Row;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.codec.group.PolicyCodec;

/**
 * A group's chain in pages. The first page fixes where the chain ends, so that what happens while somebody reads does not put a
 * commit into it whose roster is not there.
 */
final class ChainPages {

    private static final int SCAN = 16;

    /** Before the first roster, commit or scheme switch. */
    private static final long BEFORE = -1;

    private final GatewayParts parts;
    private final int most;

    /** @param most items of a page */
    ChainPages(GatewayParts parts, int most) {
        this.parts = parts;
        this.most = most;
    }

    private enum Part {
        POLICIES,
        ROSTERS,
        COMMITS,
        REINITS
    }

    /** What the cursor says: the last item given, and where the chain ends. */
    private record Position(Part part, long after, long policies, long roster, long epoch) {

        private static final int NUMBERS = 5;

        String text() {
            return part.ordinal() + "." + after + "." + policies + "." + roster + "." + epoch;
        }

        static Position parse(String cursor) {
            String[] numbers = cursor.split("\\.", -1);
            try {
                if (numbers.length == NUMBERS) {
                    var position = new Position(
                            Part.values()[Math.floorMod(Integer.parseInt(numbers[0]), Part.values().length)],
                            Long.parseLong(numbers[1]),
                            Long.parseLong(numbers[2]),
                            Long.parseLong(numbers[3]),
                            Long.parseLong(numbers[4]));
                    long least = position.part() == Part.POLICIES ? 0 : BEFORE;
                    if (position.after() >= least && position.text().equals(cursor)) {
                        return position;
                    }
                }
            } catch (NumberFormatException e) {
                throw strange();
            }
            throw strange();
        }

        private static RejectedException strange() {
            return new RejectedException(ErrorCode.MALFORMED, "not a cursor of a chain");
        }

        Position at(Part next, long last) {
            return new Position(next, last, policies, roster, epoch);
        }
    }

    /** One page under way. */
    private static final class Filling {
        private final List<List<Octets>> lists =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        private final int most;
        private int items;
        private long octets;

        Filling(int most) {
            this.most = most;
        }

        boolean add(Part part, Octets item) {
            boolean room = items == 0 || items < most && octets + item.size() <= GroupHistory.MAX_CHAIN_PAGE;
            if (room) {
                items++;
                octets += item.size();
                lists.get(part.ordinal()).add(item);
            }
            return room;
        }
    }

    ChainPage page(RowTx tx, GroupState state, Optional<String> cursor) {
        Position begin = cursor.map(Position::parse).orElseGet(() -> start(tx, state));
        var filling = new Filling(most);
        Optional<Position> next = fill(tx, filling, begin);
        return new ChainPage(
                state.record().nonce(),
                filling.lists.get(Part.POLICIES.ordinal()),
                filling.lists.get(Part.ROSTERS.ordinal()),
                filling.lists.get(Part.COMMITS.ordinal()),
                filling.lists.get(Part.REINITS.ordinal()),
                next.map(Position::text));
    }

    private Position start(RowTx tx, GroupState state) {
        return new Position(
                Part.POLICIES,
                0,
                parts.groups().policies(tx).size(),
                state.link().roster().seq(),
                state.epochNumber());
    }

    /** Where the next page begins, if there is one. */
    private Optional<Position> fill(RowTx tx, Filling filling, Position begin) {
        Position at = begin;
        if (at.part() == Part.POLICIES) {
            List<Octets> policies = parts.groups().policies(tx).stream()
                    .map(PolicyCodec::encode)
                    .limit(Math.max(0, at.policies()))
                    .toList();
            for (long i = at.after(); i < policies.size(); i++) {
                if (!filling.add(Part.POLICIES, policies.get((int) i))) {
                    return Optional.of(at.at(Part.POLICIES, i));
                }
            }
            at = at.at(Part.ROSTERS, BEFORE);
        }
        if (at.part() == Part.ROSTERS) {
            Optional<Position> more = fill(tx, filling, at, Table.ROSTER, Octets.EMPTY, at.roster(), value -> value);
            if (more.isPresent()) {
                return more;
            }
            at = at.at(Part.COMMITS, BEFORE);
        }
        if (at.part() == Part.COMMITS) {
            Optional<Position> more = fill(tx, filling, at, Table.EPOCH, Octets.EMPTY, at.epoch(), EpochBook::commitOf);
            if (more.isPresent()) {
                return more;
            }
            at = at.at(Part.REINITS, BEFORE);
        }
        // an order names the epoch before the one that it led to
        return fill(tx, filling, at, Table.GROUP, SwitchRows.DONE, at.epoch() - 1, value -> value);
    }

    private static Optional<Position> fill(
            RowTx tx,
            Filling filling,
            Position at,
            Table table,
            Octets prefix,
            long through,
            UnaryOperator<Octets> item) {
        long last = at.after();
        while (true) {
            List<Row> rows = tx.scan(table, prefix, after(prefix, last), SCAN);
            for (Row row : rows) {
                long n = row.key().slice(prefix.size(), row.key().size()).toLong();
                if (n > through) {
                    return Optional.empty();
                }
                if (!filling.add(at.part(), item.apply(row.value()))) {
                    return Optional.of(at.at(at.part(), last));
                }
                last = n;
            }
            if (rows.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    private static Octets after(Octets prefix, long last) {
        return last == BEFORE ? Octets.EMPTY : Octets.concat(prefix, Octets.ofLong(last));
    }
}
