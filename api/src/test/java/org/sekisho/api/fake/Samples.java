// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.api.audit.AuditVerdict;
import org.sekisho.api.directory.Enrolment;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.group.Admission;
import org.sekisho.api.group.EpochHeader;
import org.sekisho.api.group.History;
import org.sekisho.api.group.Policy;
import org.sekisho.api.groupmanagement.ManagementStatus;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.EpochRecord;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.SchemeView;
import org.sekisho.api.groups.SwitchView;
import org.sekisho.api.scheme.Capability;

/** One value of each kind the services return, with every optional part present. */
public final class Samples {

    public static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    public static final GroupId GROUP = new GroupId(filled(1, GroupId.SIZE));
    public static final LeafId LEAF = new LeafId(filled(2, LeafId.SIZE));
    public static final Hash HASH = new Hash(filled(3, Hash.SIZE));
    public static final Octets KEY = filled(4, 32);
    public static final Octets BYTES = filled(0xfb, 7);

    private Samples() {}

    public static Octets filled(int octet, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) octet);
        return Octets.of(bytes);
    }

    public static EnrolmentToken token() {
        return new EnrolmentToken(LEAF, "CN=alice", KEY.base64(), AT);
    }

    public static Enrolment enrolment() {
        return new Enrolment(LEAF, BYTES, List.of(BYTES, BYTES), KEY);
    }

    public static Participant participant() {
        return new Participant(
                LEAF,
                "CN=alice,O=\"A & <B>\"",
                KEY,
                KEY,
                BYTES,
                HASH,
                HASH,
                BYTES,
                Optional.of(BYTES),
                List.of(BYTES),
                "12345",
                AT,
                AT,
                Optional.of(AT));
    }

    public static Policy policy() {
        Duration day = Duration.ofDays(1);
        return new Policy(
                "title",
                KEY,
                KEY,
                1,
                "two-random",
                List.of("two-random"),
                true,
                Admission.everybody(),
                true,
                false,
                day,
                day,
                day,
                History.FROM_JOIN,
                100,
                65536);
    }

    public static GroupView group() {
        return new GroupView(
                GROUP,
                policy(),
                "two-random",
                true,
                "because",
                5,
                HASH,
                List.of(LEAF),
                7,
                Optional.of(HASH),
                GroupView.State.ACTIVE,
                "",
                1,
                2,
                3,
                AT,
                Optional.of(pendingSwitch()));
    }

    public static SwitchView pendingSwitch() {
        return new SwitchView(
                HASH, "two-random", "key-derivation", LEAF, 7, true, AT, SwitchView.State.PREPARING, "", 2);
    }

    public static ChainPage chain() {
        return new ChainPage(
                BYTES, List.of(BYTES), List.of(BYTES), List.of(BYTES), List.of(BYTES), Optional.of("more"));
    }

    public static EpochRecord epoch() {
        EpochHeader header = new EpochHeader(GROUP, 7, "two-random", Optional.of(HASH), HASH, HASH, HASH, 2);
        return new EpochRecord(header, HASH, LEAF, BYTES, AT);
    }

    public static SchemeView scheme() {
        return new SchemeView("two-random", 1, Set.of(Capability.SERVER_BLIND), true, "because", 4);
    }

    public static LogEntry entry(long n) {
        return new LogEntry(n, LogEntry.Kind.ENVELOPE, BYTES, Optional.of(KEY), AT);
    }

    public static ManagementStatus management() {
        return new ManagementStatus(GROUP, 1, 2, 7, "IDLE", Optional.of(AT), Optional.of(LEAF));
    }

    public static AuditRecord audit() {
        return new AuditRecord(1, AT, "admin", "directory.invite", "CN=alice", "ok", "detail", HASH);
    }

    public static AuditVerdict verdict() {
        return new AuditVerdict(false, 9, "record 3 does not follow");
    }
}
