// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Page;
import org.sekisho.api.RejectedException;
import org.sekisho.api.Role;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.directory.CertificateAuthenticator;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.directory.Enrolment;
import org.sekisho.api.directory.EnrolmentRequest;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.directory.GatewayView;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.directory.Registering;
import org.sekisho.api.directory.RevocationListener;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.api.store.RowStore;
import org.sekisho.api.store.RowTx;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.identity.CertificateRejectedException;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.LeafBinding;
import org.sekisho.crypto.identity.TrustAnchors;
import org.sekisho.directory.Authentications.Known;
import org.sekisho.directory.CertificateGate.Accepted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Participants by X.509 certificates of the own authority or of the enterprise's. Everything is in one scope with the
 * gateway's own audit trail; every deed is recorded in its transaction.
 *
 * <p>Authentication is remembered for some seconds, so that a request costs a look-up; a revocation here takes effect with
 * the next request. Not guaranteed: that a certificate revoked only by the enterprise is refused before the gateway reads
 * the new revocation list ({@link TrustRefresh}).
 */
@Component(
        service = {Directory.class, CertificateAuthenticator.class},
        configurationPid = DirectoryConfig.PID)
@Designate(ocd = DirectoryConfig.class)
public final class X509Directory implements Directory, CertificateAuthenticator {

    /** Most characters of the reason for a revocation. */
    public static final int MAX_REASON = 200;

    private static final Octets SCOPE = AuditTrail.GATEWAY;

    private static final Logger LOG = LoggerFactory.getLogger(X509Directory.class);

    private final List<RevocationListener> listeners = new CopyOnWriteArrayList<>();
    private final RowStore rows;
    private final AuditTrail audit;
    private final Clock clock;
    private final Entropy entropy;
    private final GatewayKeys keys;
    private final CertificateGate gate;
    private final GatewayView view;
    private final Enrolling enrolling;
    private final RevocationLists lists;
    private final Authentications authentications;
    private volatile TrustAnchors trusted;
    private final FailedTokens failedTokens = new FailedTokens();

    @Activate
    public X509Directory(
            @Reference RowStore rows,
            @Reference AuditTrail audit,
            @Reference GatewayKeys keys,
            DirectoryConfig config) {
        this(rows, audit, keys, config, Clock.systemUTC(), new SystemEntropy());
    }

    X509Directory(
            RowStore rows, AuditTrail audit, GatewayKeys keys, DirectoryConfig config, Clock clock, Entropy entropy) {
        this.rows = rows;
        this.audit = audit;
        this.clock = clock;
        this.entropy = entropy;
        this.keys = keys;
        this.trusted = keys.enterprise();
        this.gate = new CertificateGate(keys.authority(), keys::enterprise);
        this.view = new GatewayView(
                keys.serverKey(), Certificates.encoded(keys.authority().certificate()));
        this.enrolling = new Enrolling(
                keys.authority(),
                keys.serverKey(),
                Duration.ofDays(config.certificate_days()),
                config.open_invitations(),
                entropy);
        this.lists = new RevocationLists(keys.authority(), Duration.ofDays(config.revocation_list_days()));
        this.authentications = new Authentications(Duration.ofSeconds(config.authentication_seconds()));
    }

    @Override
    public EnrolmentToken invite(Caller caller, String subject, Duration lifetime) {
        Operation.DIRECTORY_INVITE.demand(caller);
        Instant now = clock.instant();
        EnrolmentToken token = enrolling.draw(subject, lifetime, now);
        return rows.transact(SCOPE, tx -> {
            enrolling.open(tx, token, now);
            record(tx, caller, "directory.invite", token.leaf(), token.name() + ", until " + token.expiry());
            return token;
        });
    }

    @Override
    public Enrolment enrol(Caller caller, EnrolmentRequest request) {
        Operation.DIRECTORY_ENROL.demand(caller);
        Instant now = clock.instant();
        Enrolling.Candidate candidate = enrolling.candidate(request);
        try {
            return rows.transact(SCOPE, tx -> {
                Enrolment enrolment = enrolling.enrol(tx, request, candidate, now);
                record(tx, caller, "directory.enrol", enrolment.leaf(), "certificate issued");
                return enrolment;
            });
        } catch (RejectedException e) {
            if (e.code() == ErrorCode.BAD_TOKEN) {
                failedTokens.count(caller, now).ifPresent(this::recordAlone);
            }
            throw e;
        }
    }

    @Override
    public Participant register(Caller caller, Registering registering) {
        Operation.DIRECTORY_REGISTER.demand(caller);
        Instant now = clock.instant();
        Accepted accepted = accepted(registering.certificate(), now);
        boolean callers = accepted.name().equals(caller.name())
                && caller.leaf()
                        .filter(leaf -> !leaf.equals(registering.leaf()))
                        .isEmpty();
        if (!callers) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "not the caller's certificate or leaf");
        }
        PublicKeys.requireIdKey(registering.idKey());
        PublicKeys.requireHpkeKey(registering.hpkeKey(), entropy);
        if (!LeafBinding.verify(
                accepted.certificate(),
                registering.leaf(),
                registering.idKey(),
                registering.hpkeKey(),
                registering.binding())) {
            throw new RejectedException(ErrorCode.BAD_SIGNATURE, "the binding is not signed by the certificate's key");
        }
        boolean possessed = accepted.own() // then the certificate's key must be the idKey, see Registrar
                || LeafBinding.possessed(
                        accepted.certificate(),
                        registering.leaf(),
                        registering.idKey(),
                        registering.hpkeKey(),
                        registering.possession());
        if (!possessed) {
            throw new RejectedException(ErrorCode.BAD_SIGNATURE, "the registration is not signed by the idKey");
        }
        Registrar.Registered registered = rows.transact(SCOPE, tx -> {
            Registrar.Registered done = new Registrar(tx).register(registering, accepted, now);
            if (done.change() != Registrar.Change.NONE) {
                record(tx, caller, "directory.register", registering.leaf(), "certificate " + accepted.hash());
            }
            return done;
        });
        if (registered.change() == Registrar.Change.RENEWED) {
            authentications.forgetAll();
        }
        return registered.entry();
    }

    @Override
    public Participant participant(Caller caller, LeafId leaf) {
        Operation.DIRECTORY_READ.demand(caller);
        demandEntry(caller);
        return rows.read(SCOPE, tx -> new ParticipantRows(tx).get(leaf))
                .orElseThrow(() -> new NotFoundException("no participant " + leaf));
    }

    @Override
    public Page<Participant> participants(Caller caller, Optional<String> cursor, int limit) {
        Operation.DIRECTORY_LIST.demand(caller);
        demandEntry(caller);
        Page.checkLimit(limit);
        return rows.read(SCOPE, tx -> new ParticipantRows(tx).page(cursor, limit));
    }

    @Override
    public void revoke(Caller caller, LeafId leaf, String reason) {
        Operation.DIRECTORY_REVOKE.demand(caller);
        if (reason.length() > MAX_REASON) {
            throw new RejectedException(ErrorCode.LIMIT_EXCEEDED, "a reason has at most " + MAX_REASON + " characters");
        }
        Instant now = clock.instant();
        rows.transact(SCOPE, tx -> {
            boolean changed = new Revoking(tx).revoke(leaf, now);
            if (changed) {
                lists.issue(tx, now);
                record(tx, caller, "directory.revoke", leaf, reason);
            }
            return changed;
        });
        authentications.forgetAll();
        listeners.forEach(listener -> tell(listener, leaf));
    }

    /** The revocation is durable: a listener's failure is its own. */
    private static void tell(RevocationListener listener, LeafId leaf) {
        try {
            listener.revoked(leaf);
        } catch (RuntimeException e) {
            LOG.warn("a listener for revocations failed", e);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(RevocationListener listener) {
        listeners.add(listener);
    }

    void removeListener(RevocationListener listener) {
        listeners.remove(listener);
    }

    @Override
    public GatewayView gateway(Caller caller) {
        Operation.DIRECTORY_GATEWAY.demand(caller);
        return view;
    }

    @Override
    public Octets revocationList(Caller caller) {
        Operation.DIRECTORY_CRL.demand(caller);
        Instant now = clock.instant();
        return rows.read(SCOPE, tx -> lists.current(tx, now))
                .orElseGet(
                        () -> rows.transact(SCOPE, tx -> lists.current(tx, now).orElseGet(() -> lists.issue(tx, now))));
    }

    @Override
    public Caller authenticate(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            throw new DeniedException(ErrorCode.UNAUTHENTICATED, "a certificate is needed");
        }
        TrustAnchors inForce = keys.enterprise();
        if (inForce != trusted) {
            trusted = inForce;
            authentications.forgetAll();
        }
        Instant now = clock.instant();
        return authentications.get(chain.get(0), now).flatMap(Known::caller).orElseGet(() -> find(chain, now));
    }

    private Caller find(List<X509Certificate> chain, Instant now) {
        long generation = authentications.generation();
        Accepted accepted;
        try {
            accepted = gate.check(chain, now);
        } catch (CertificateRejectedException e) {
            boolean revoked = e.reason() == CertificateRejectedException.Reason.REVOKED;
            throw new DeniedException(
                    revoked ? ErrorCode.REVOKED : ErrorCode.UNAUTHENTICATED, "the certificate is not accepted");
        } catch (RejectedException e) {
            throw new DeniedException(ErrorCode.UNAUTHENTICATED, "the certificate's name is not accepted");
        }
        Optional<Caller> participant = rows.read(SCOPE, tx -> participant(tx, accepted));
        authentications.remember(new Known(accepted, participant), now, generation);
        return participant.orElseGet(() -> new Caller(accepted.name(), Optional.empty(), Set.of(Role.PARTICIPANT)));
    }

    private static Optional<Caller> participant(RowTx tx, Accepted accepted) {
        var certificates = new CertificateRows(tx);
        if (certificates.revoked(accepted.hash())) {
            throw new DeniedException(ErrorCode.REVOKED, "the certificate was revoked");
        }
        return certificates
                .known(accepted.hash())
                .flatMap(known -> new ParticipantRows(tx).get(known.leaf()))
                .filter(entry -> entry.certHash().equals(accepted.hash())
                        && entry.revokedAt().isEmpty())
                .map(entry -> Caller.participant(entry.name(), entry.leaf()));
    }

    /** The certificate of a registration: just shown by the connection, or of the own authority. */
    private Accepted accepted(Octets der, Instant now) {
        try {
            X509Certificate certificate = Certificates.parse(der);
            return authentications
                    .get(certificate, now)
                    .map(Known::accepted)
                    .orElseGet(() -> gate.check(List.of(certificate), now));
        } catch (CertificateRejectedException e) {
            throw new RejectedException(ErrorCode.BAD_CERTIFICATE, "the certificate is not accepted: " + e.reason());
        }
    }

    /** A certificate alone lets its holder register; to read, one has to have done so. */
    private static void demandEntry(Caller caller) {
        if (caller.leaf().isEmpty() && caller.roles().equals(Set.of(Role.PARTICIPANT))) {
            throw new DeniedException(ErrorCode.FORBIDDEN, "register first");
        }
    }

    private void record(RowTx tx, Caller caller, String action, LeafId leaf, String detail) {
        audit.append(tx, AuditEntry.ok(caller.name(), action, leaf.toString(), detail));
    }

    private void recordAlone(AuditEntry entry) {
        rows.transact(SCOPE, tx -> {
            audit.append(tx, entry);
            return entry;
        });
    }
}
