// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import com.fasterxml.jackson.databind.JavaType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Page;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.api.audit.AuditVerdict;
import org.sekisho.api.directory.Enrolment;
import org.sekisho.api.directory.EnrolmentRequest;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.groups.GroupView;

/** The REST operations of enrolment and administration. */
public final class DirectoryClient {

    private static final JavaType PARTICIPANTS = Json.type(Page.class, Participant.class);
    private static final JavaType RECORDS = Json.type(Page.class, AuditRecord.class);
    private static final JavaType GROUPS = Json.type(Page.class, GroupView.class);

    private final HttpTransport transport;

    public DirectoryClient(HttpTransport transport) {
        this.transport = transport;
    }

    public Enrolment enrol(EnrolmentRequest request) {
        return transport.ask(fresh(transport.post("/directory/enrolments", request)), Enrolment.class);
    }

    public EnrolmentToken invite(String subject, Duration lifetime) {
        return transport.ask(
                fresh(transport.post("/directory/invitations", Map.of("subject", subject, "lifetime", lifetime))),
                EnrolmentToken.class);
    }

    public Page<Participant> participants(Optional<String> cursor, int limit) {
        return transport.ask(transport.get("/directory/participants" + page(cursor, limit)), PARTICIPANTS);
    }

    public void revoke(LeafId leaf, String reason) {
        transport.send(transport.delete("/directory/participants/" + leaf + "?reason=" + Query.encode(reason)));
    }

    public Page<AuditRecord> audit(Optional<GroupId> group, long after, int limit) {
        String of = group.map(id -> "&group=" + id).orElse("");
        return transport.ask(transport.get("/audit?after=" + after + "&limit=" + limit + of), RECORDS);
    }

    public AuditVerdict verdict(Optional<GroupId> group) {
        String of = group.map(id -> "?group=" + id).orElse("");
        return transport.ask(transport.get("/audit/verdict" + of), AuditVerdict.class);
    }

    public Page<GroupView> groups(Optional<String> cursor, int limit) {
        return transport.ask(transport.get("/groups" + page(cursor, limit)), GROUPS);
    }

    public GroupView suspend(GroupId group, String reason) {
        return transport.ask(
                transport.put("/groups/" + group + "/suspension", Map.of("reason", reason)), GroupView.class);
    }

    public GroupView resume(GroupId group) {
        return transport.ask(transport.delete("/groups/" + group + "/suspension"), GroupView.class);
    }

    private static String page(Optional<String> cursor, int limit) {
        return "?limit=" + limit + cursor.map(c -> "&cursor=" + Query.encode(c)).orElse("");
    }

    /** One request however often it is sent; two calls are two requests. */
    private static HttpTransport.Call fresh(HttpTransport.Call call) {
        return call.header("Idempotency-Key", UUID.randomUUID().toString());
    }
}
