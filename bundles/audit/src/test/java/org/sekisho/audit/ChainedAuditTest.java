// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.GroupId;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.api.Role;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.Table;
import org.sekisho.testkit.store.FaultyRowStore;
import org.sekisho.testkit.store.MemoryRowStore;

class ChainedAuditTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);
    private static final Caller AUDITOR = Caller.user("auditor", Set.of(Role.AUDITOR));

    @TempDir
    Path directory;

    private final MemoryRowStore rows = new MemoryRowStore();
    private ChainedAudit audit;

    @BeforeEach
    void start() throws Exception {
        audit = new ChainedAudit(rows, Clock.systemUTC(), directory.resolve("audit"), Duration.ofDays(1));
    }

    @AfterEach
    void stop() {
        audit.stop();
    }

    @Test
    void records_come_back_in_pages() {
        for (int i = 0; i < 5; i++) {
            append(GROUP.value(), "deed " + i);
        }
        var first = audit.records(AUDITOR, Optional.of(GROUP), 0, 3);
        assertThat(first.items()).extracting(AuditRecord::n).containsExactly(1L, 2L, 3L);
        assertThat(first.next()).contains("3");
        var second = audit.records(AUDITOR, Optional.of(GROUP), 3, 3);
        assertThat(second.items()).extracting(AuditRecord::action).containsExactly("deed 3", "deed 4");
        assertThat(second.next()).isEmpty();
        assertThat(audit.records(AUDITOR, Optional.empty(), 0, 3).items()).isEmpty();
    }

    @Test
    void rolled_back_deed_leaves_no_record_and_no_anchor() {
        append(GROUP.value(), "kept");
        assertThatThrownBy(() -> rows.transact(GROUP.value(), tx -> {
                    audit.append(tx, AuditEntry.ok("a", "undone", "s", "d"));
                    throw new IllegalArgumentException("undone");
                }))
                .hasMessage("undone");
        audit.catchUp();
        assertThat(audit.verify(AUDITOR, Optional.of(GROUP))).matches(v -> v.intact() && v.records() == 1);
    }

    @Test
    void texts_are_visible_and_cut() {
        rows.transact(GROUP.value(), tx -> {
            audit.append(
                    tx, new AuditEntry("a\r\nforged line", "b\u202egnp", "c\ud800", "\u001a\u0301", "é".repeat(9_000)));
            return 0;
        });
        AuditRecord record =
                audit.records(AUDITOR, Optional.of(GROUP), 0, 1).items().get(0);
        assertThat(record.actor()).isEqualTo("a\\u000d\\u000aforged line");
        assertThat(record.action()).isEqualTo("b\\u202egnp");
        assertThat(record.subject()).isEqualTo("c\\ud800");
        assertThat(record.detail()).hasSize(512).endsWith("é…");
        assertThat(audit.verify(AUDITOR, Optional.of(GROUP)).intact()).isTrue();
    }

    @Test
    void damaged_trail_takes_no_deed() {
        append(GROUP.value(), "one");
        rows.transact(GROUP.value(), tx -> tx.delete(Table.AUDIT, Octets.utf8("h")));
        assertThatThrownBy(() -> append(GROUP.value(), "two")).isInstanceOf(UnavailableException.class);
    }

    @Test
    void records_without_anchor_get_one_after_a_crash() throws Exception {
        append(GROUP.value(), "committed just before the crash");
        var next = new ChainedAudit(rows, Clock.systemUTC(), directory.resolve("audit"), Duration.ofMillis(10));
        for (int i = 0; i < 500 && !anchors().contains(GROUP + " 1 "); i++) {
            LockSupport.parkNanos(10_000_000);
        }
        next.stop();
        assertThat(anchors()).contains(GROUP + " 1 ");
    }

    @Test
    void older_database_is_noticed_after_restart() throws Exception {
        append(GROUP.value(), "one");
        MemoryRowStore.Snapshot backup = rows.snapshot();
        append(GROUP.value(), "two");
        audit.stop();
        rows.restore(backup);
        var next = new ChainedAudit(rows, Clock.systemUTC(), directory.resolve("audit"), Duration.ofDays(1));
        assertThat(next.verify(AUDITOR, Optional.of(GROUP)))
                .matches(v -> !v.intact() && v.problem().contains("the records end at 1"));
        next.stop();
    }

    @Test
    void torn_line_of_anchors_is_ignored() throws Exception {
        append(GROUP.value(), "one");
        audit.stop();
        Files.writeString(directory.resolve("audit/anchors"), GROUP + " 7 ab", StandardOpenOption.APPEND);
        var next = new ChainedAudit(rows, Clock.systemUTC(), directory.resolve("audit"), Duration.ofDays(1));
        assertThat(next.verify(AUDITOR, Optional.of(GROUP)).intact()).isTrue();
        next.stop();
    }

    @Test
    void anchors_are_for_the_owner_only() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("audit"))))
                .isEqualTo("rwx------");
    }

    /** P2: whatever call on the store fails, the deed and its record are both there or both not. */
    @Test
    void record_and_deed_are_all_or_nothing() throws Exception {
        append(GROUP.value(), "before");
        MemoryRowStore.Snapshot before = rows.snapshot();
        var faulty = new FaultyRowStore(rows);
        var faultyAudit = new ChainedAudit(faulty, Clock.systemUTC(), directory.resolve("faulty"), Duration.ofDays(1));
        for (int n = 1; ; n++) {
            rows.restore(before);
            faulty.failAt(n);
            boolean done = deed(faulty, faultyAudit);
            faulty.heal();
            long records = audit.verify(AUDITOR, Optional.of(GROUP)).records();
            assertThat(records).as("call %d", n).isEqualTo(done ? 2 : 1);
            assertThat(rows.read(GROUP.value(), tx -> tx.get(Table.GROUP, GROUP.value()))
                            .isPresent())
                    .isEqualTo(done);
            if (done) {
                break;
            }
        }
        faultyAudit.stop();
    }

    private static boolean deed(RowStore store, ChainedAudit audit) {
        try {
            return store.transact(GROUP.value(), tx -> {
                tx.put(Table.GROUP, GROUP.value(), Octets.utf8("deed"));
                audit.append(tx, AuditEntry.ok("a", "deed", "s", ""));
                return true;
            });
        } catch (UnavailableException e) {
            return false;
        }
    }

    @Test
    void limits_and_numbers_are_checked() {
        assertThatThrownBy(() -> audit.records(AUDITOR, Optional.empty(), 0, 501))
                .isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> audit.records(AUDITOR, Optional.empty(), -1, 5))
                .isInstanceOf(RejectedException.class);
    }

    /** P10. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void only_the_roles_of_the_table_read_and_verify(Role role) {
        var caller = Caller.user("u", Set.of(role));
        if (EnumSet.of(Role.AUDITOR, Role.ADMIN).contains(role)) {
            assertThat(audit.records(caller, Optional.empty(), 0, 1).items()).isEmpty();
        } else {
            assertThatThrownBy(() -> audit.records(caller, Optional.empty(), 0, 1))
                    .isInstanceOf(DeniedException.class);
        }
        if (EnumSet.of(Role.AUDITOR, Role.ADMIN, Role.OPERATOR).contains(role)) {
            assertThat(audit.verify(caller, Optional.empty()).intact()).isTrue();
        } else {
            assertThatThrownBy(() -> audit.verify(caller, Optional.empty())).isInstanceOf(DeniedException.class);
        }
    }

    private String anchors() throws Exception {
        Path file = directory.resolve("audit/anchors");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private void append(Octets scope, String action) {
        rows.transact(scope, tx -> {
            audit.append(tx, AuditEntry.ok("somebody", action, "something", ""));
            return 0;
        });
    }

    @Test
    void gateway_trail_has_a_scope_of_its_own() {
        append(AuditTrail.GATEWAY, "start");
        assertThat(audit.records(AUDITOR, Optional.empty(), 0, 5).items()).hasSize(1);
        assertThat(audit.records(AUDITOR, Optional.of(GROUP), 0, 5).items()).isEmpty();
    }
}
