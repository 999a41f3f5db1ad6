// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

import java.util.List;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.store.RowTx;
import org.sekisho.codec.group.EnvelopeCodec;
import org.sekisho.groups.engine.SchemeFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a group's log, in order: messages in batches, protocol messages one by one, each in the transaction that counts it. */
final class LogReader {

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    /** Messages opened in one transaction. */
    static final int BATCH = 64;

    private final MemberParts parts;
    private final Settling settling;

    LogReader(MemberParts parts, Settling settling) {
        this.parts = parts;
        this.settling = settling;
    }

    boolean take(GroupId group, List<LogEntry> entries) {
        for (int at = 0; at < entries.size(); ) {
            int end = at;
            while (end < entries.size() && end - at < BATCH && entries.get(end).kind() == LogEntry.Kind.MESSAGE) {
                end++;
            }
            if (end > at) {
                if (!takeMessages(group, entries.subList(at, end))) {
                    return false;
                }
                at = end;
            } else {
                if (!takeEnvelope(group, entries.get(at))) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    private boolean takeMessages(GroupId group, List<LogEntry> batch) {
        EpochCache cache = parts.caches().of(group);
        return parts.rows().transact(group.value(), tx -> {
            if (!reads(tx)) {
                return false;
            }
            long cursor = Counters.get(tx, Counters.CURSOR);
            for (LogEntry entry : batch) {
                if (entry.n() > cursor) {
                    parts.messageIntake().take(tx, cache, entry.n(), entry.bytes());
                    cursor = entry.n();
                }
            }
            Counters.set(tx, Counters.CURSOR, cursor);
            Joining.caughtUp(tx);
            return true;
        });
    }

    private boolean takeEnvelope(GroupId group, LogEntry entry) {
        // a commit is judged by what the scheme made of all that came before it
        if (!settling.settle(group)) {
            return false;
        }
        boolean taken;
        try {
            taken = parts.rows().transact(group.value(), tx -> {
                boolean reads = reads(tx);
                if (reads && entry.n() > Counters.get(tx, Counters.CURSOR)) {
                    parts.envelopeIntake().fromLog(tx, entry.bytes(), entry.slice());
                    Counters.set(tx, Counters.CURSOR, entry.n());
                    Joining.caughtUp(tx);
                }
                return reads;
            });
        } catch (SchemeMissing missing) {
            LOG.debug("{}: entry {} waits for {}", group, entry.n(), missing.getMessage());
            parts.rows().transact(group.value(), tx -> {
                parts.switches().missing(tx, missing.order());
                return false;
            });
            return false;
        } catch (LogWaits waits) {
            LOG.debug("{}: entry {} waits for {}", group, entry.n(), waits.getMessage());
            return false;
        } catch (SwitchRefused refused) {
            taken = note(group, entry, refused);
        } catch (SchemeFault fault) {
            LOG.warn("{}: entry {} waits: {}", group, entry.n(), fault.getMessage());
            return false;
        } catch (UnavailableException absent) {
            if (absent.code() != ErrorCode.CAPABILITY_ABSENT) {
                throw absent;
            }
            return false;
        }
        settling.settle(group);
        return taken;
    }

    private boolean note(GroupId group, LogEntry entry, SwitchRefused refused) {
        LOG.debug("{}: scheme switch refused: {}", group, refused.why().code());
        return parts.rows().transact(group.value(), tx -> {
            var envelope = EnvelopeCodec.decodeSigned(entry.bytes()).envelope();
            parts.switches().refused(tx, envelope, refused.why());
            Counters.set(tx, Counters.CURSOR, entry.n());
            return true;
        });
    }

    private static boolean reads(RowTx tx) {
        MemberStatus status = ChainRows.state(tx).status();
        return status == MemberStatus.MEMBER || status == MemberStatus.FORKED;
    }
}
