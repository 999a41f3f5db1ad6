// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sekisho.directory.Gateway.ADMIN;
import static org.sekisho.directory.Gateway.ENTROPY;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.SekishoException;
import org.sekisho.api.audit.AuditEntry;
import org.sekisho.api.directory.Enrolment;
import org.sekisho.api.directory.EnrolmentRequest;
import org.sekisho.api.directory.EnrolmentToken;
import org.sekisho.api.directory.Participant;
import org.sekisho.api.directory.Registering;
import org.sekisho.crypto.identity.CertificateAuthority;
import org.sekisho.crypto.identity.CertificateRequest;
import org.sekisho.crypto.identity.Certificates;
import org.sekisho.crypto.identity.KeyAlgorithm;
import org.sekisho.crypto.identity.LeafIds;
import org.sekisho.directory.Gateway.Person;

class X509DirectoryTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final LeafId NOBODY = LeafId.of(new byte[32]);

    private final Gateway gateway = new Gateway();
    private final X509Directory directory = gateway.directory;
    private final Person alice = gateway.person();

    // --- enrolment

    @Test
    void invited_person_becomes_a_participant() {
        EnrolmentToken token = directory.invite(ADMIN, "CN=Alice,O=Example", DAY);
        Enrolment enrolment = directory.enrol(Caller.ANONYMOUS, alice.request(token.token()));
        X509Certificate certificate = Certificates.parse(enrolment.certificate());

        Caller stranger = directory.authenticate(List.of(certificate));
        assertThat(stranger).isEqualTo(new Caller("CN=Alice,O=Example", Optional.empty(), Set.of(Role.PARTICIPANT)));

        Participant entry = directory.register(stranger, alice.registering(enrolment.leaf(), certificate));
        assertThat(entry.leaf()).isEqualTo(token.leaf());
        assertThat(entry.name()).isEqualTo("CN=Alice,O=Example");
        assertThat(entry.certHash()).isEqualTo(Certificates.hash(certificate));
        assertThat(entry.issuerHash()).isEqualTo(Certificates.hash(gateway.authority.certificate()));

        Caller participant = directory.authenticate(List.of(certificate));
        assertThat(participant).isEqualTo(Caller.participant("CN=Alice,O=Example", token.leaf()));
        assertThat(directory.participant(participant, token.leaf())).isEqualTo(entry);
        assertThat(gateway.trail.appended)
                .extracting(AuditEntry::action)
                .containsExactly("directory.invite", "directory.enrol", "directory.register");
    }

    @Test
    void certificate_carries_leaf_and_chain() {
        Enrolment enrolment = alice.enrol("CN=Alice");
        X509Certificate certificate = Certificates.parse(enrolment.certificate());
        assertThat(LeafIds.in(certificate)).contains(enrolment.leaf());
        assertThat(enrolment.chain()).containsExactly(Certificates.encoded(gateway.authority.certificate()));
        assertThat(enrolment.serverKey().size()).isEqualTo(32);
    }

    @Test
    void subject_is_the_invitations_never_the_requests() {
        EnrolmentToken token = directory.invite(ADMIN, "CN=Alice", DAY);
        Enrolment enrolment = directory.enrol(
                Caller.ANONYMOUS, new EnrolmentRequest(token.token(), alice.csr("CN=admin"), alice.hpkeKey));
        assertThat(Certificates.parse(enrolment.certificate())
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=Alice");
    }

    @Test
    void devices_of_one_subject_are_one_member() {
        LeafId first = alice.member("CN=Alice").leaf();
        LeafId second = gateway.person().member("CN=Alice").leaf();
        LeafId other = gateway.person().member("CN=Bob").leaf();
        assertThat(second.memberId()).isEqualTo(first.memberId());
        assertThat(second).isNotEqualTo(first);
        assertThat(other.memberId()).isNotEqualTo(first.memberId());
    }

    @Test
    void unknown_used_and_expired_tokens_look_alike() {
        String used = directory.invite(ADMIN, "CN=Alice", DAY).token();
        directory.enrol(Caller.ANONYMOUS, alice.request(used));
        String expired = directory.invite(ADMIN, "CN=Alice", DAY).token();
        gateway.clock.advance(DAY);
        String unknown = Octets.of(ENTROPY.next(32)).base64();
        Set<String> answers = new HashSet<>();
        for (String token : List.of(used, expired, unknown, "", "x".repeat(10_000), "\u0000")) {
            Hash before = gateway.digest();
            answers.add(refused(ErrorCode.BAD_TOKEN, () -> directory.enrol(Caller.ANONYMOUS, alice.request(token))));
            assertThat(gateway.digest()).isEqualTo(before);
        }
        assertThat(answers).hasSize(1);
    }

    @Test
    void without_a_token_nothing_is_learnt_of_the_request() {
        var request = new EnrolmentRequest("guess", Octets.utf8("no request"), Octets.EMPTY);
        refused(ErrorCode.BAD_TOKEN, () -> directory.enrol(Caller.ANONYMOUS, request));
    }

    @Test
    void bad_request_does_not_use_the_token_up() {
        String token = directory.invite(ADMIN, "CN=Alice", DAY).token();
        Octets hpke = alice.hpkeKey;
        KeyPair elliptic = KeyAlgorithm.P256.generate(ENTROPY);
        Octets wrongKind = CertificateRequest.build(elliptic, new X500Principal("CN=x"));
        byte[] forged = alice.csr("CN=x").toByteArray();
        forged[forged.length - 1] ^= 1;
        untouched(ErrorCode.BAD_CERTIFICATE, new EnrolmentRequest(token, Octets.utf8("no request"), hpke));
        untouched(ErrorCode.BAD_CERTIFICATE, new EnrolmentRequest(token, wrongKind, hpke));
        untouched(ErrorCode.BAD_CERTIFICATE, new EnrolmentRequest(token, Octets.of(forged), hpke));
        untouched(ErrorCode.MALFORMED, new EnrolmentRequest(token, alice.csr("CN=x"), Octets.EMPTY));
        untouched(ErrorCode.MALFORMED, new EnrolmentRequest(token, alice.csr("CN=x"), Octets.of(new byte[32])));
        assertThat(directory
                        .enrol(Caller.ANONYMOUS, alice.request(token))
                        .certificate()
                        .isEmpty())
                .isFalse();
    }

    @Test
    void guesses_are_recorded_some_by_number() {
        for (int i = 0; i < 100; i++) {
            refused(ErrorCode.BAD_TOKEN, () -> directory.enrol(Caller.ANONYMOUS, alice.request("guess")));
        }
        assertThat(gateway.trail.appended).hasSize(30).allMatch(e -> e.outcome().equals("BAD_TOKEN"));
        gateway.clock.advance(Duration.ofMinutes(2));
        refused(ErrorCode.BAD_TOKEN, () -> directory.enrol(Caller.ANONYMOUS, alice.request("guess")));
        assertThat(gateway.trail.appended.get(30).detail())
                .isEqualTo("101 since the start, 70 more since the last record");
    }

    @Test
    void token_is_not_stored_and_not_shown() {
        EnrolmentToken token = directory.invite(ADMIN, "CN=Alice", DAY);
        assertThat(token.toString() + alice.request(token.token()) + gateway.trail.appended)
                .doesNotContain(token.token());
    }

    @Test
    void invitations_are_checked_and_bounded() {
        invitationRefused(ErrorCode.LIMIT_EXCEEDED, "CN=Alice", Duration.ofDays(31));
        invitationRefused(ErrorCode.LIMIT_EXCEEDED, "CN=Alice", Duration.ZERO);
        invitationRefused(ErrorCode.LIMIT_EXCEEDED, "CN=" + "a".repeat(300), DAY);
        invitationRefused(ErrorCode.MALFORMED, "no name", DAY);
        invitationRefused(ErrorCode.MALFORMED, "", DAY);
        invitationRefused(ErrorCode.POLICY_VIOLATION, "CN=Sekisho gateway", DAY);
        for (int i = 0; i < 20; i++) {
            directory.invite(ADMIN, "CN=member " + i, DAY);
        }
        invitationRefused(ErrorCode.LIMIT_EXCEEDED, "CN=one more", DAY);
        gateway.clock.advance(DAY);
        directory.invite(ADMIN, "CN=one more", DAY);
    }

    // --- registration

    @Test
    void registering_again_changes_nothing() {
        Enrolment enrolment = alice.enrol("CN=Alice");
        X509Certificate certificate = Certificates.parse(enrolment.certificate());
        Registering registering = alice.registering(enrolment.leaf(), certificate);
        Participant first = directory.register(directory.authenticate(List.of(certificate)), registering);
        Hash before = gateway.digest();
        int records = gateway.trail.appended.size();
        assertThat(directory.register(directory.authenticate(List.of(certificate)), registering))
                .isEqualTo(first);
        assertThat(gateway.digest()).isEqualTo(before);
        assertThat(gateway.trail.appended).hasSize(records);
    }

    @Test
    void registration_must_match_the_enrolment() {
        Enrolment enrolment = alice.enrol("CN=Alice");
        X509Certificate certificate = Certificates.parse(enrolment.certificate());
        Caller caller = directory.authenticate(List.of(certificate));
        Person bob = gateway.person();
        LeafId leaf = enrolment.leaf();
        registrationRefused(ErrorCode.BAD_CERTIFICATE, caller, alice.registering(NOBODY, certificate));
        registrationRefused(
                ErrorCode.BAD_CERTIFICATE, caller, alice.registering(leaf, certificate, bob.idKey, alice.hpkeKey));
        registrationRefused(
                ErrorCode.BAD_CERTIFICATE, caller, alice.registering(leaf, certificate, alice.idKey, bob.hpkeKey));
        registrationRefused(ErrorCode.BAD_SIGNATURE, caller, bob.registering(leaf, certificate));
        registrationRefused(
                ErrorCode.MALFORMED, caller, alice.registering(leaf, certificate, Octets.EMPTY, alice.hpkeKey));
        registrationRefused(
                ErrorCode.MALFORMED,
                caller,
                alice.registering(leaf, certificate, alice.idKey, Octets.of(new byte[32])));
        registrationRefused(
                ErrorCode.BAD_CERTIFICATE,
                caller,
                new Registering(
                        leaf,
                        alice.idKey,
                        alice.hpkeKey,
                        Octets.utf8("no certificate"),
                        Octets.EMPTY,
                        Optional.empty()));
    }

    @Test
    void nobody_registers_a_certificate_of_somebody_else() {
        Enrolment enrolment = alice.enrol("CN=Alice");
        X509Certificate certificate = Certificates.parse(enrolment.certificate());
        Person mallory = gateway.person();
        Participant entry = mallory.member("CN=Mallory");
        Caller caller = Caller.participant(entry.name(), entry.leaf());
        registrationRefused(ErrorCode.FORBIDDEN, caller, alice.registering(enrolment.leaf(), certificate));
        registrationRefused(
                ErrorCode.FORBIDDEN,
                Caller.participant("CN=Alice", entry.leaf()),
                alice.registering(enrolment.leaf(), certificate));
    }

    // --- the enterprise's certificates

    @Test
    void certificate_of_a_trusted_authority_registers_itself() {
        X509Certificate certificate = enterprise(alice, "CN=Alice,O=Enterprise");
        Caller caller = directory.authenticate(List.of(certificate));
        Participant entry = directory.register(caller, alice.registering(enterpriseLeaf(certificate), certificate));
        assertThat(directory.authenticate(List.of(certificate)).leaf()).contains(entry.leaf());
        assertThat(entry.issuerHash()).isEqualTo(Certificates.hash(gateway.enterprise.certificate()));
    }

    @Test
    void leaf_of_another_member_is_refused() {
        LeafId bob = gateway.person().member("CN=Bob").leaf();
        X509Certificate certificate = enterprise(alice, "CN=Alice");
        Caller caller = directory.authenticate(List.of(certificate));
        registrationRefused(ErrorCode.BAD_CERTIFICATE, caller, alice.registering(bob, certificate));
        LeafId bobsOtherDevice = new LeafId(Octets.concat(bob.memberId(), Octets.of(new byte[16])));
        registrationRefused(ErrorCode.BAD_CERTIFICATE, caller, alice.registering(bobsOtherDevice, certificate));
    }

    @Test
    void same_subject_of_another_authority_is_another_member() {
        LeafId own = gateway.person().member("CN=Alice").leaf();
        X509Certificate certificate = enterprise(alice, "CN=Alice");
        assertThat(LeafIds.member(gateway.enterprise.certificate(), certificate.getSubjectX500Principal()))
                .isNotEqualTo(own.memberId());
    }

    @Test
    void renewed_certificate_replaces_the_old_one() {
        X509Certificate old = enterprise(alice, "CN=Alice");
        LeafId leaf = enterpriseLeaf(old);
        directory.register(directory.authenticate(List.of(old)), alice.registering(leaf, old));
        assertThat(directory.authenticate(List.of(old)).leaf()).contains(leaf);
        X509Certificate renewed = enterprise(alice, "CN=Alice");
        Participant entry =
                directory.register(directory.authenticate(List.of(renewed)), alice.registering(leaf, renewed));
        assertThat(entry.certHash()).isEqualTo(Certificates.hash(renewed));
        assertThat(directory.authenticate(List.of(renewed)).leaf()).contains(leaf);
        assertThat(directory.authenticate(List.of(old)).leaf()).isEmpty();
        assertThat(directory.participants(ADMIN, Optional.empty(), 10).items()).hasSize(1);
    }

    @Test
    void registered_keys_do_not_change() {
        X509Certificate certificate = enterprise(alice, "CN=Alice");
        LeafId leaf = enterpriseLeaf(certificate);
        Caller caller = directory.authenticate(List.of(certificate));
        directory.register(caller, alice.registering(leaf, certificate));
        Person other = gateway.person();
        registrationRefused(
                ErrorCode.ALREADY_EXISTS, caller, alice.registering(leaf, certificate, alice.idKey, other.hpkeKey));
        LeafId second =
                LeafIds.newDevice(gateway.enterprise.certificate(), certificate.getSubjectX500Principal(), ENTROPY);
        Caller again = new Caller(caller.name(), Optional.empty(), caller.roles());
        registrationRefused(ErrorCode.ALREADY_EXISTS, again, alice.registering(second, certificate));
    }

    // --- certificates that do not hold

    @Test
    void foreign_expired_and_future_certificates_are_refused() {
        CertificateAuthority foreign = gateway.authority("Foreign");
        CertificateAuthority impostor = gateway.authority("Sekisho gateway");
        X509Certificate foreignOne = client(foreign, alice, "CN=Alice", DAY);
        X509Certificate impostorsOne = client(impostor, alice, "CN=Alice", DAY);
        X509Certificate shortOne = client(gateway.authority, alice, "CN=Alice", DAY);
        gateway.clock.advance(Duration.ofDays(2));
        X509Certificate futureOne = client(gateway.authority, alice, "CN=Alice", DAY);
        X509Certificate server = gateway.authority.issueServer(
                alice.keys.getPublic(), new X500Principal("CN=x"), List.of("x"), List.of(), gateway.clock.now, DAY);
        refused(ErrorCode.UNAUTHENTICATED, () -> directory.authenticate(List.of(shortOne)));
        refused(ErrorCode.UNAUTHENTICATED, () -> directory.authenticate(List.of(server)));
        refused(ErrorCode.UNAUTHENTICATED, () -> directory.authenticate(List.of()));
        gateway.clock.advance(Duration.ofDays(-2));
        refused(ErrorCode.UNAUTHENTICATED, () -> directory.authenticate(List.of(futureOne)));
        refused(ErrorCode.UNAUTHENTICATED, () -> directory.authenticate(List.of(foreignOne)));
        refused(ErrorCode.UNAUTHENTICATED, () -> directory.authenticate(List.of(impostorsOne)));
        refused(ErrorCode.UNAUTHENTICATED, () -> directory.authenticate(List.of(foreignOne, foreign.certificate())));
        refused(ErrorCode.UNAUTHENTICATED, () -> directory.authenticate(List.of(gateway.authority.certificate())));
    }

    @Test
    void foreign_certificate_cannot_be_registered() {
        X509Certificate foreign = client(gateway.authority("Foreign"), alice, "CN=Alice", DAY);
        Caller caller = new Caller("CN=Alice", Optional.empty(), Set.of(Role.PARTICIPANT));
        registrationRefused(ErrorCode.BAD_CERTIFICATE, caller, alice.registering(NOBODY, foreign));
        X509Certificate unknown = client(gateway.authority, alice, "CN=Alice", DAY);
        registrationRefused(ErrorCode.BAD_CERTIFICATE, caller, alice.registering(NOBODY, unknown));
    }

    @Test
    void authentication_ends_with_the_certificate_though_remembered() {
        Participant entry = alice.member("CN=Alice");
        X509Certificate certificate = Certificates.parse(entry.certificate());
        gateway.clock.now = entry.notAfter().minusSeconds(1);
        assertThat(directory.authenticate(List.of(certificate)).leaf()).contains(entry.leaf());
        gateway.clock.advance(Duration.ofSeconds(2));
        refused(ErrorCode.UNAUTHENTICATED, () -> directory.authenticate(List.of(certificate)));
    }

    // --- revocation

    @Test
    void revoked_participant_is_refused_at_once_and_for_good() {
        Participant entry = alice.member("CN=Alice");
        X509Certificate certificate = Certificates.parse(entry.certificate());
        Caller caller = directory.authenticate(List.of(certificate));
        directory.revoke(ADMIN, entry.leaf(), "lost");
        refused(ErrorCode.REVOKED, () -> directory.authenticate(List.of(certificate)));
        registrationRefused(ErrorCode.REVOKED, caller, alice.registering(entry.leaf(), certificate));
        assertThat(directory.participant(ADMIN, entry.leaf()).revokedAt()).contains(gateway.clock.now);
    }

    @Test
    void revoking_again_changes_nothing() {
        Participant entry = alice.member("CN=Alice");
        directory.revoke(ADMIN, entry.leaf(), "lost");
        Hash before = gateway.memory.digest();
        directory.revoke(ADMIN, entry.leaf(), "lost");
        assertThat(gateway.memory.digest()).isEqualTo(before);
        assertThat(refused(ErrorCode.NOT_FOUND, () -> directory.revoke(ADMIN, NOBODY, "x")))
                .contains(NOBODY.toString());
    }

    @Test
    void invitation_and_unregistered_certificate_can_be_revoked() {
        EnrolmentToken token = directory.invite(ADMIN, "CN=Alice", DAY);
        directory.revoke(ADMIN, token.leaf(), "mistake");
        refused(ErrorCode.BAD_TOKEN, () -> directory.enrol(Caller.ANONYMOUS, alice.request(token.token())));
        Enrolment enrolment = alice.enrol("CN=Alice");
        directory.revoke(ADMIN, enrolment.leaf(), "mistake");
        refused(ErrorCode.REVOKED, () -> directory.authenticate(List.of(Certificates.parse(enrolment.certificate()))));
    }

    @Test
    void old_certificates_of_a_revoked_leaf_are_revoked_too() {
        X509Certificate old = enterprise(alice, "CN=Alice");
        LeafId leaf = enterpriseLeaf(old);
        directory.register(directory.authenticate(List.of(old)), alice.registering(leaf, old));
        X509Certificate renewed = enterprise(alice, "CN=Alice");
        directory.register(directory.authenticate(List.of(renewed)), alice.registering(leaf, renewed));
        directory.revoke(ADMIN, leaf, "lost");
        refused(ErrorCode.REVOKED, () -> directory.authenticate(List.of(old)));
        refused(ErrorCode.REVOKED, () -> directory.authenticate(List.of(renewed)));
    }

    @Test
    void revocation_elsewhere_takes_effect_when_memory_ends() {
        Participant entry = alice.member("CN=Alice");
        X509Certificate certificate = Certificates.parse(entry.certificate());
        directory.authenticate(List.of(certificate));
        gateway.start(gateway.rows).revoke(ADMIN, entry.leaf(), "lost");
        gateway.clock.advance(Duration.ofSeconds(10));
        refused(ErrorCode.REVOKED, () -> directory.authenticate(List.of(certificate)));
    }

    @Test
    void revocation_list_names_what_is_revoked() {
        Participant entry = alice.member("CN=Alice");
        X509Certificate certificate = Certificates.parse(entry.certificate());
        Octets empty = directory.revocationList(Caller.ANONYMOUS);
        assertThat(Certificates.parseRevocationList(empty).isRevoked(certificate))
                .isFalse();
        assertThat(directory.revocationList(Caller.ANONYMOUS)).isEqualTo(empty);
        directory.revoke(ADMIN, entry.leaf(), "lost");
        Octets full = directory.revocationList(Caller.ANONYMOUS);
        assertThat(Certificates.parseRevocationList(full).isRevoked(certificate))
                .isTrue();
        gateway.clock.advance(Duration.ofDays(4));
        assertThat(Certificates.parseRevocationList(directory.revocationList(Caller.ANONYMOUS))
                        .getThisUpdate())
                .isAfter(Certificates.parseRevocationList(full).getThisUpdate());
    }

    // --- reading

    @Test
    void participants_come_by_name_in_pages() {
        for (String name : List.of("CN=Dora", "CN=Alice", "CN=Carol", "CN=Bob", "CN=鈴木")) {
            gateway.person().member(name);
        }
        var first = directory.participants(ADMIN, Optional.empty(), 2);
        var second = directory.participants(ADMIN, first.next(), 2);
        var third = directory.participants(ADMIN, second.next(), 2);
        assertThat(first.items()).extracting(Participant::name).containsExactly("CN=Alice", "CN=Bob");
        assertThat(second.items()).extracting(Participant::name).containsExactly("CN=Carol", "CN=Dora");
        assertThat(third.items()).extracting(Participant::name).containsExactly("CN=鈴木");
        assertThat(third.next()).isEmpty();
        refused(ErrorCode.MALFORMED, () -> directory.participants(ADMIN, Optional.of("cDEy"), 2));
        refused(ErrorCode.MALFORMED, () -> directory.participants(ADMIN, Optional.of("%%%"), 2));
        refused(ErrorCode.LIMIT_EXCEEDED, () -> directory.participants(ADMIN, Optional.empty(), 501));
    }

    @Test
    void remembered_authentication_costs_no_look_up() {
        Participant entry = alice.member("CN=Alice");
        List<X509Certificate> chain = List.of(Certificates.parse(entry.certificate()));
        directory.authenticate(chain);
        int calls = gateway.rows.calls();
        for (int i = 0; i < 1_000; i++) {
            directory.authenticate(chain);
        }
        assertThat(gateway.rows.calls()).isEqualTo(calls);
    }

    // --- fail closed

    @Test
    void without_audit_nothing_happens() {
        Participant entry = alice.member("CN=Alice");
        EnrolmentToken token = directory.invite(ADMIN, "CN=Bob", DAY);
        Person bob = gateway.person();
        Enrolment enrolment = gateway.person().enrol("CN=Carol");
        X509Certificate certificate = Certificates.parse(enrolment.certificate());
        gateway.trail.broken = true;
        Hash before = gateway.digest();
        List<ThrowingCallable> deeds = List.of(
                () -> directory.invite(ADMIN, "CN=Dora", DAY),
                () -> directory.enrol(Caller.ANONYMOUS, bob.request(token.token())),
                () -> directory.revoke(ADMIN, entry.leaf(), "x"),
                () -> directory.revoke(ADMIN, enrolment.leaf(), "x"));
        for (ThrowingCallable deed : deeds) {
            assertThatThrownBy(deed).isInstanceOf(IllegalStateException.class);
            assertThat(gateway.digest()).isEqualTo(before);
        }
        assertThat(directory.authenticate(List.of(certificate)).leaf()).isEmpty();
    }

    /** P2: whatever call on the store fails, everything of an operation is there or nothing. */
    @Test
    void operations_are_all_or_nothing() {
        Participant entry = gateway.person().member("CN=Zoe");
        EnrolmentToken token = directory.invite(ADMIN, "CN=Alice", DAY);
        Person bob = gateway.person();
        Enrolment enrolment = bob.enrol("CN=Bob");
        X509Certificate certificate = Certificates.parse(enrolment.certificate());
        Caller caller = directory.authenticate(List.of(certificate));
        allOrNothing(() -> directory.invite(ADMIN, "CN=Carol", DAY));
        allOrNothing(() -> directory.enrol(Caller.ANONYMOUS, alice.request(token.token())));
        allOrNothing(() -> directory.register(caller, bob.registering(enrolment.leaf(), certificate)));
        allOrNothing(() -> directory.revoke(ADMIN, entry.leaf(), "lost"));
    }

    private void allOrNothing(ThrowingCallable deed) {
        var before = gateway.memory.snapshot();
        Hash digest = gateway.memory.digest();
        int n = 1;
        gateway.rows.failAt(n);
        Throwable thrown = catchThrowable(deed);
        while (thrown != null) {
            assertThat(thrown).isInstanceOf(SekishoException.class);
            assertThat(gateway.memory.digest()).as("call %d", n).isEqualTo(digest);
            gateway.memory.restore(before);
            gateway.rows.failAt(++n);
            thrown = catchThrowable(deed);
        }
        gateway.rows.heal();
        assertThat(n).isGreaterThan(2);
        assertThat(gateway.memory.digest()).isNotEqualTo(digest);
    }

    private void untouched(ErrorCode code, EnrolmentRequest request) {
        Hash before = gateway.digest();
        refused(code, () -> directory.enrol(Caller.ANONYMOUS, request));
        assertThat(gateway.digest()).isEqualTo(before);
    }

    private void invitationRefused(ErrorCode code, String subject, Duration lifetime) {
        Hash before = gateway.digest();
        refused(code, () -> directory.invite(ADMIN, subject, lifetime));
        assertThat(gateway.digest()).isEqualTo(before);
    }

    private void registrationRefused(ErrorCode code, Caller caller, Registering registering) {
        Hash before = gateway.digest();
        refused(code, () -> directory.register(caller, registering));
        assertThat(gateway.digest()).isEqualTo(before);
    }

    private static String refused(ErrorCode code, ThrowingCallable deed) {
        var answer = catchThrowableOfType(SekishoException.class, deed);
        assertThat(answer).isNotNull();
        assertThat(answer.code()).isEqualTo(code);
        return answer.getMessage();
    }

    private X509Certificate enterprise(Person person, String subject) {
        return client(gateway.enterprise, person, subject, Duration.ofDays(30));
    }

    private X509Certificate client(CertificateAuthority authority, Person person, String subject, Duration lifetime) {
        return authority.issueClient(
                person.keys.getPublic(), new X500Principal(subject), List.of(), gateway.clock.now, lifetime);
    }

    private LeafId enterpriseLeaf(X509Certificate certificate) {
        return LeafIds.newDevice(gateway.enterprise.certificate(), certificate.getSubjectX500Principal(), ENTROPY);
    }
}
