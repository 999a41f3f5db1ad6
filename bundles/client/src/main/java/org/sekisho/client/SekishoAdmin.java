// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Page;
import org.sekisho.api.audit.AuditRecord;
import org.sekisho.api.audit.AuditVerdict;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.groups.GroupView;
import org.sekisho.client.transport.DirectoryClient;
import org.sekisho.client.transport.HttpTransport;
import org.sekisho.client.transport.RetryPolicy;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.TlsContexts;

/** A platform administrator's connection: HTTP Basic over TLS pinned to the gateway's authority. Safe for many threads. */
public final class SekishoAdmin implements AutoCloseable {

    private final HttpTransport transport;
    private final DirectoryClient client;

    private SekishoAdmin(HttpTransport transport) {
        this.transport = transport;
        this.client = new DirectoryClient(transport);
    }

    /**
     * @param authority PEM file of the gateway's certificate authority
     * @param password kept, encoded, while this is open; the caller erases its copy
     */
    public static SekishoAdmin connect(URI gateway, Path authority, String user, char[] password) {
        var bytes = UTF_8.encode(CharBuffer.wrap(password));
        byte[] name = (user + ":").getBytes(UTF_8);
        byte[] both = Arrays.copyOf(name, name.length + bytes.remaining());
        bytes.get(both, name.length, bytes.remaining());
        String basic = "Basic " + Base64.getEncoder().encodeToString(both);
        Arrays.fill(both, (byte) 0);
        Arrays.fill(bytes.array(), (byte) 0);
        var tls = TlsContexts.of(Optional.empty(), TrustFile.read(authority), new SystemEntropy());
        return new SekishoAdmin(new HttpTransport(gateway, tls, Optional.of(basic), RetryPolicy.DEFAULT));
    }

    /** A token for one enrolment. The subject is RFC 2253, for example {@code CN=Alice,O=Example}. */
    public EnrolmentToken invite(String subject, Duration lifetime) {
        return client.invite(subject, lifetime);
    }

    public Page<Participant> participants(Optional<String> cursor, int limit) {
        return client.participants(cursor, limit);
    }

    /** From now on the participant's certificate is refused. Idempotent. */
    public void revoke(LeafId leaf, String reason) {
        client.revoke(leaf, reason);
    }

    public Page<GroupView> groups(Optional<String> cursor, int limit) {
        return client.groups(cursor, limit);
    }

    public GroupView suspend(GroupId group, String reason) {
        return client.suspend(group, reason);
    }

    public GroupView resume(GroupId group) {
        return client.resume(group);
    }

    /** Records of a group's trail, or of the gateway's own, after {@code after}. */
    public Page<AuditRecord> audit(Optional<GroupId> group, long after, int limit) {
        return client.audit(group, after, limit);
    }

    public AuditVerdict verify(Optional<GroupId> group) {
        return client.verdict(group);
    }

    @Override
    public void close() {
        transport.close();
    }
}
