// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Role;
import org.sekisho.api.UnavailableException;

/** Who passes, as whom, and how often. */
class DoorTest {

    private static final Caller ALICE = Caller.participant("CN=alice", new LeafId(Octets.of(new byte[32])));
    private static final Caller ADMIN = Caller.user("admin", Set.of(Role.ADMIN));

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger logins = new AtomicInteger();

    private Door door(Map<String, Object> settings) {
        PasswordLogin passwords = (user, password) -> {
            logins.incrementAndGet();
            boolean right = user.equals("admin") && Arrays.equals(password, "se:crét".toCharArray());
            Arrays.fill(password, '\0');
            return right ? Optional.of(ADMIN) : Optional.empty();
        };
        Door door = new Door(Knock.config(settings), passwords, nanos::get);
        door.certificates = chain -> ALICE;
        return door;
    }

    private Door door() {
        return door(Map.of());
    }

    private static X509Certificate certificate() {
        return new NoCertificate();
    }

    @Test
    void withoutCredentialsNobodyInParticular() throws Exception {
        Knock knock = new Knock().at(door());
        assertThat(knock.passed).isTrue();
        assertThat(knock.caller()).hasValue(Caller.ANONYMOUS);
    }

    @Test
    void aCertificateIsItsParticipant() throws Exception {
        assertThat(new Knock().with(certificate()).at(door()).caller()).hasValue(ALICE);
    }

    @Test
    void aCertificateOutranksAPassword() throws Exception {
        Knock knock = new Knock().with(certificate()).as("admin", "se:crét").at(door());
        assertThat(knock.caller()).hasValue(ALICE);
        assertThat(logins).hasValue(0);
    }

    @Test
    void aRevokedCertificateDoesNotPassAsAnonymous() throws Exception {
        Door door = door();
        door.certificates = chain -> {
            throw new DeniedException(ErrorCode.REVOKED, "revoked");
        };
        Knock knock = new Knock().with(certificate()).at(door);
        assertThat(knock.passed).isFalse();
        assertThat(knock.status).isEqualTo(403);
        assertThat(knock.body()).contains("\"code\":\"REVOKED\"");
    }

    @Test
    void whileCertificatesCannotBeCheckedTheirHoldersWait() throws Exception {
        Door door = door();
        door.certificates = null;
        Knock knock = new Knock().with(certificate()).at(door);
        assertThat(knock.passed).isFalse();
        assertThat(knock.status).isEqualTo(503);
        assertThat(knock.answered).containsKey("Retry-After");
        assertThat(new Knock().at(door).passed).isTrue();
    }

    @Test
    void aPasswordIsItsUser() throws Exception {
        assertThat(new Knock().as("admin", "se:crét").at(door()).caller()).hasValue(ADMIN);
    }

    @Test
    void aWrongPasswordDoesNotPassAsAnonymous() throws Exception {
        for (Knock knock : new Knock[] {new Knock().as("admin", "wrong"), new Knock().as("nobody", "se:crét")}) {
            knock.at(door());
            assertThat(knock.passed).isFalse();
            assertThat(knock.status).isEqualTo(401);
            assertThat(knock.answered.get("WWW-Authenticate")).startsWith("Basic ");
            assertThat(knock.body()).contains("user name or password is wrong").doesNotContain("admin", "nobody");
        }
    }

    @Test
    void malformedCredentialsDoNotPass() throws Exception {
        for (String header : new String[] {"Bearer x", "Basic", "Basic !!!", "Basic YWRtaW4=", "Basic OnB3", ""}) {
            Knock knock = new Knock().header("Authorization", header).at(door());
            assertThat(knock.passed).as(header).isFalse();
            assertThat(knock.status).isEqualTo(401);
        }
        assertThat(logins).hasValue(0);
    }

    @Test
    void aPasswordIsNotTakenInTheClear() throws Exception {
        Knock knock = new Knock().as("admin", "se:crét");
        knock.secure = false;
        assertThat(knock.at(door()).passed).isFalse();
        assertThat(logins).hasValue(0);
    }

    @Test
    void guessingFromOneAddressStops() throws Exception {
        Door door = door(Map.of("failed_logins_per_address", 3));
        for (int i = 0; i < 3; i++) {
            assertThat(new Knock().as("user" + i, "wrong").at(door).status).isEqualTo(401);
        }
        Knock blocked = new Knock().as("admin", "se:crét").at(door);
        assertThat(blocked.status).isEqualTo(429);
        assertThat(blocked.answered).containsEntry("Retry-After", "10");
        assertThat(logins).hasValue(3);
        assertThat(new Knock().as("admin", "se:crét").from("192.0.2.2").at(door).passed)
                .isTrue();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
        assertThat(new Knock().as("admin", "se:crét").at(door).passed).isTrue();
    }

    @Test
    void guessingOneNameFromManyAddressesStops() throws Exception {
        Door door = door(Map.of("failed_logins_per_user", 3));
        for (int i = 0; i < 3; i++) {
            new Knock().as("admin", "wrong").from("192.0.2." + i).at(door);
        }
        assertThat(new Knock().as("admin", "se:crét").from("192.0.2.9").at(door).status)
                .isEqualTo(429);
    }

    @Test
    void guessingByMessagesCountsWithGuessingByHeaders() throws Exception {
        Door door = door(Map.of("failed_logins_per_address", 2, "failed_logins_per_user", 3));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> door.authenticate("admin", "wrong".toCharArray(), "192.0.2.1", true))
                    .isInstanceOf(DeniedException.class);
        }
        assertThatThrownBy(() -> door.authenticate("admin", "se:crét".toCharArray(), "192.0.2.1", true))
                .isInstanceOf(UnavailableException.class);
        assertThat(new Knock().as("admin", "se:crét").at(door).status).isEqualTo(429);
        assertThat(new Knock().as("admin", "wrong").from("192.0.2.2").at(door).status)
                .isEqualTo(401);
        assertThatThrownBy(() -> door.authenticate("admin", "se:crét".toCharArray(), "192.0.2.3", true))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> door.authenticate("admin", "se:crét".toCharArray(), "192.0.2.4", false))
                .isInstanceOf(DeniedException.class);
    }

    @Test
    void aNameThatMustWaitCostsAnAddressNothing() throws Exception {
        Door door = door(Map.of("failed_logins_per_address", 2, "failed_logins_per_user", 1));
        new Knock().as("bob", "wrong").from("192.0.2.2").at(door);
        for (int i = 0; i < 5; i++) {
            assertThat(new Knock().as("bob", "wrong").at(door).status).isEqualTo(429);
        }
        assertThat(new Knock().as("admin", "se:crét").at(door).passed).isTrue();
    }

    @Test
    void loggingInOftenIsNoGuessing() throws Exception {
        Door door = door();
        for (int i = 0; i < 200; i++) {
            assertThat(new Knock().as("admin", "se:crét").at(door).passed).isTrue();
        }
    }

    @Test
    void whenNoMoreGuessersCanBeRememberedLogInsStop() throws Exception {
        Door door = door(Map.of("remembered_keys", 2));
        new Knock().as("a", "wrong").from("192.0.2.1").at(door);
        new Knock().as("b", "wrong").from("192.0.2.2").at(door);
        assertThat(new Knock().as("admin", "se:crét").from("192.0.2.3").at(door).status)
                .isEqualTo(429);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
        assertThat(new Knock().as("admin", "se:crét").from("192.0.2.3").at(door).passed)
                .isTrue();
    }

    @Test
    void anAddressHasARate() throws Exception {
        Door door = door(Map.of("requests_per_second_per_address", 5));
        int passed = 0;
        for (int i = 0; i < 30; i++) {
            passed += new Knock().at(door).passed ? 1 : 0;
        }
        assertThat(passed).isEqualTo(10);
        assertThat(new Knock().from("192.0.2.2").at(door).passed).isTrue();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(new Knock().at(door).passed).isTrue();
    }

    @Test
    void aCallerHasARateWhereverItCallsFrom() throws Exception {
        Door door = door(Map.of("requests_per_second_per_caller", 2));
        int passed = 0;
        for (int i = 0; i < 10; i++) {
            passed += new Knock().with(certificate()).from("192.0.2." + i).at(door).passed ? 1 : 0;
        }
        assertThat(passed).isEqualTo(4);
    }

    @Test
    void headersHaveLimits() throws Exception {
        Knock many = new Knock();
        for (int i = 0; i < 101; i++) {
            many.header("X-" + i, "");
        }
        assertThat(many.at(door()).status).isEqualTo(413);
        assertThat(new Knock().header("X", "x".repeat(8 * 1024 + 1)).at(door()).status)
                .isEqualTo(413);
    }

    @Test
    void pagesOfOtherSitesAreNotServed() throws Exception {
        assertThat(new Knock().header("Sec-Fetch-Site", "cross-site").at(door()).status)
                .isEqualTo(403);
        assertThat(new Knock().header("Sec-Fetch-Site", "same-origin").at(door()).passed)
                .isTrue();
    }

    @Test
    void everyAnswerIsProtected() throws Exception {
        assertThat(new Knock().at(door()).answered)
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Cache-Control", "no-store")
                .containsKeys("Content-Security-Policy", "Referrer-Policy", "Strict-Transport-Security");
    }

    @Test
    void soapIsRefusedInItsOwnWords() throws Exception {
        Knock soap11 = new Knock().as("admin", "wrong");
        soap11.path = "/soap/v1/groups";
        soap11.contentType = "text/xml";
        assertThat(soap11.at(door()).body())
                .contains("http://schemas.xmlsoap.org/soap/envelope/", "s:Client", "<e:code>UNAUTHENTICATED</e:code>");
        Knock soap12 = new Knock().with(certificate());
        soap12.path = "/soap/v1/groups12";
        soap12.contentType = "application/soap+xml; charset=utf-8";
        Door door = door();
        door.certificates = null;
        assertThat(soap12.at(door).body())
                .contains("http://www.w3.org/2003/05/soap-envelope", "s:Receiver", "CAPABILITY_ABSENT");
    }

    @Test
    void noPasswordInText() {
        String header = new Knock().as("admin", "hunter2").headers.get("Authorization");
        assertThat(BasicCredentials.parse(header).orElseThrow().toString()).doesNotContain("hunter2");
    }
}
