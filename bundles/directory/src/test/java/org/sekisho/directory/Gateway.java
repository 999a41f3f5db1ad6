// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.lang.annotation.Annotation;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.sekisho.api.Caller;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.directory.Enrolment;
import org.sekisho.api.directory.EnrolmentRequest;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.directory.Registering;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.api.store.Table;
import org.sekisho.crypto.SigningKey;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.X25519;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.CertificateRequest;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.Ed25519Keys;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.TrustAnchors;
import org.sekisho.directory.firststart.EnterpriseTrust;
import org.sekisho.directory.firststart.Established;
import org.sekisho.testkit.store.FaultyRowStore;
import org.sekisho.testkit.store.MemoryRowStore;

/** A directory on rows in memory with real certificates and a clock that is set by hand. */
final class Gateway {

    static final Caller ADMIN = Caller.user("admin", Set.of(Role.ADMIN));
    static final Entropy ENTROPY = new SystemEntropy();

    final SetClock clock = new SetClock();
    final CertificateAuthority authority = authority("Sekisho gateway");
    final CertificateAuthority enterprise = authority("Enterprise");
    final MemoryRowStore memory = new MemoryRowStore();
    final FaultyRowStore rows = new FaultyRowStore(memory);
    final RowTrail trail = new RowTrail();
    final X509Directory directory;
    private final TrustAnchors anchors;

    /** Trusts {@code roots} besides the enterprise. */
    Gateway(X509Certificate... roots) {
        Set<X509Certificate> all = new HashSet<>(List.of(roots));
        all.add(enterprise.certificate());
        anchors = new TrustAnchors(all, List.of(), false);
        directory = start(rows);
    }

    X509Directory start(RowStore store) {
        var established = new Established(authority, SigningKey.generate(ENTROPY), EnterpriseTrust.fixed(anchors));
        return new X509Directory(store, trail, new GatewayKeys(established), new Config(), clock, ENTROPY);
    }

    X509Directory start(GatewayKeys keys) {
        return new X509Directory(rows, trail, keys, new Config(), clock, ENTROPY);
    }

    CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, KeyAlgorithm.P256, clock.now, Duration.ofDays(3650), ENTROPY);
    }

    /** All rows but the audit trail's. */
    Hash digest() {
        return memory.digest(Table.AUDIT);
    }

    /** Somebody with keys. */
    final class Person {

        final KeyPair keys = KeyAlgorithm.ED25519.generate(ENTROPY);
        final Octets idKey = Ed25519Keys.verifyingKey(keys.getPublic()).bytes();
        final Octets hpkeKey = X25519.publicKey(X25519.generate(ENTROPY));

        Octets csr(String subject) {
            return CertificateRequest.build(keys, new X500Principal(subject));
        }

        EnrolmentRequest request(String token) {
            return new EnrolmentRequest(token, csr("CN=whatever"), hpkeKey);
        }

        Enrolment enrol(String subject) {
            EnrolmentToken token = directory.invite(ADMIN, subject, Duration.ofDays(1));
            return directory.enrol(Caller.ANONYMOUS, request(token.token()));
        }

        Registering registering(LeafId leaf, X509Certificate certificate) {
            return registering(leaf, certificate, idKey, hpkeKey);
        }

        Registering registering(LeafId leaf, X509Certificate certificate, Octets idKey, Octets hpkeKey) {
            return new Registering(
                    leaf,
                    idKey,
                    hpkeKey,
                    Certificates.encoded(certificate),
                    LeafBinding.sign(keys.getPrivate(), certificate, leaf, idKey, hpkeKey),
                    Optional.empty());
        }

        /** Enrolled and registered. */
        Participant member(String subject) {
            Enrolment enrolment = enrol(subject);
            X509Certificate certificate = Certificates.parse(enrolment.certificate());
            Caller caller = directory.authenticate(List.of(certificate));
            return directory.register(caller, registering(enrolment.leaf(), certificate));
        }
    }

    Person person() {
        return new Person();
    }

    /** An audit trail that can be read at once. */
    static final class RowTrail implements AuditTrail {

        final List<AuditEntry> appended = new ArrayList<>();
        boolean broken;

        @Override
        public void append(RowTx tx, AuditEntry entry) {
            if (broken) {
                throw new IllegalStateException("no trail");
            }
            tx.put(Table.AUDIT, Octets.ofLong(appended.size()), Octets.utf8(entry.toString()));
            appended.add(entry);
        }
    }

    static final class SetClock extends Clock {

        Instant now = Instant.parse("2026-11-21T09:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("one zone will do");
        }
    }

    @SuppressWarnings("ClassExplicitlyAnnotation")
    private static final class Config implements DirectoryConfig {

        @Override
        public int certificate_days() {
            return 365;
        }

        @Override
        public int revocation_list_days() {
            return 7;
        }

        @Override
        public int open_invitations() {
            return 20;
        }

        @Override
        public int authentication_seconds() {
            return 10;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return DirectoryConfig.class;
        }
    }
}
