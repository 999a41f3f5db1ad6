// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.Caller;
import org.sekisho.api.Operation;
import org.sekisho.api.Role;
import org.sekisho.api.fake.FakeGateway;
import org.sekisho.api.fake.FakeStore;
import org.sekisho.api.fake.Samples;

/** Every command, as every role (P10), as table and as JSON. */
class CommandsTest {

    private final FakeGateway gateway = new FakeGateway();
    private final FakeStore store = new FakeStore(gateway);
    private String typed = "";
    private String asked = "";

    /** A command with arguments set, and the operations it needs. */
    record Use(SekishoCommand command, Set<Operation> operations) {
        @Override
        public String toString() {
            return command.getClass().getAnnotation(Command.class).name();
        }
    }

    static Stream<Use> uses() {
        ParticipantInviteCommand invite = new ParticipantInviteCommand();
        invite.subject = "CN=alice";
        ParticipantRevokeCommand revoke = new ParticipantRevokeCommand();
        revoke.leaf = Samples.LEAF.toString();
        revoke.yes = true;
        ParticipantShowCommand participant = new ParticipantShowCommand();
        participant.leaf = Samples.LEAF.toString();
        GroupShowCommand show = new GroupShowCommand();
        show.group = Samples.GROUP.toString();
        GroupSuspendCommand suspend = new GroupSuspendCommand();
        suspend.group = Samples.GROUP.toString();
        suspend.yes = true;
        GroupResumeCommand resume = new GroupResumeCommand();
        resume.group = Samples.GROUP.toString();
        KdsStatusCommand kds = new KdsStatusCommand();
        kds.group = Samples.GROUP.toString();
        EpochListCommand epochs = new EpochListCommand();
        epochs.group = Samples.GROUP.toString();
        IndexStatusCommand indexStatus = new IndexStatusCommand();
        indexStatus.group = Samples.GROUP.toString();
        IndexLeakageCommand leakage = new IndexLeakageCommand();
        leakage.group = Samples.GROUP.toString();
        StoreStatusCommand storeStatus = new StoreStatusCommand();
        storeStatus.group = Samples.GROUP.toString();
        JobWatchCommand watch = new JobWatchCommand();
        watch.group = Samples.GROUP.toString();
        watch.seconds = 0;
        SchemeSwitchCommand switched = new SchemeSwitchCommand();
        switched.group = Samples.GROUP.toString();
        SchemeSwitchCommand ask = new SchemeSwitchCommand();
        ask.group = Samples.GROUP.toString();
        ask.to = "key-derivation";
        SchemeSwitchCommand giveUp = new SchemeSwitchCommand();
        giveUp.group = Samples.GROUP.toString();
        giveUp.giveUp = true;
        giveUp.yes = true;
        return Stream.of(
                new Use(switched, Set.of(Operation.GROUP_READ)),
                new Use(ask, Set.of(Operation.SCHEME_SWITCH_ASK)),
                new Use(giveUp, Set.of(Operation.SCHEME_SWITCH_ASK)),
                new Use(storeStatus, Set.of(Operation.STORE_STATUS)),
                new Use(new JobListCommand(), Set.of(Operation.STORE_STATUS)),
                new Use(watch, Set.of(Operation.STORE_STATUS)),
                new Use(indexStatus, Set.of(Operation.INDEX_STATUS)),
                new Use(leakage, Set.of(Operation.INDEX_STATUS)),
                new Use(new StatusCommand(), Set.of(Operation.SCHEME_LIST)),
                new Use(
                        new DoctorCommand(),
                        Set.of(Operation.SCHEME_LIST, Operation.GROUP_LIST, Operation.AUDIT_VERIFY)),
                new Use(new ParticipantListCommand(), Set.of(Operation.DIRECTORY_LIST)),
                new Use(participant, Set.of(Operation.DIRECTORY_READ)),
                new Use(invite, Set.of(Operation.DIRECTORY_INVITE)),
                new Use(revoke, Set.of(Operation.DIRECTORY_REVOKE)),
                new Use(new GroupListCommand(), Set.of(Operation.GROUP_LIST)),
                new Use(show, Set.of(Operation.GROUP_READ)),
                new Use(kds, Set.of(Operation.GROUP_READ)),
                new Use(suspend, Set.of(Operation.SCHEME_SUSPEND)),
                new Use(resume, Set.of(Operation.SCHEME_SUSPEND)),
                new Use(new SchemeListCommand(), Set.of(Operation.SCHEME_LIST)),
                new Use(epochs, Set.of(Operation.GROUP_EPOCHS)),
                new Use(new AuditListCommand(), Set.of(Operation.AUDIT_READ)),
                new Use(new AuditVerifyCommand(), Set.of(Operation.AUDIT_VERIFY)));
    }

    private void connect(SekishoCommand command) throws IllegalAccessException {
        for (Field field : command.getClass().getDeclaredFields()) {
            if (field.isAnnotationPresent(org.apache.karaf.shell.api.action.lifecycle.Reference.class)) {
                field.set(command, field.getType().isInstance(gateway) ? gateway : store);
            }
        }
        command.session = (Session) Proxy.newProxyInstance(
                CommandsTest.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, args) -> {
                    if (method.getName().equals("readLine")) {
                        asked = (String) args[0];
                        return typed;
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }

    private String run(SekishoCommand command, Role... roles) throws Exception {
        connect(command);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        command.execute(Caller.user("admin", Set.of(roles)), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("uses")
    void onlyRolesOfTheTablePass(Use use) throws Exception {
        for (Role role : Role.values()) {
            boolean allowed = use.operations().stream()
                    .allMatch(operation -> operation.allowed().contains(role));
            gateway.calls.clear();
            if (allowed) {
                use.command().json = false;
                assertThat(run(use.command(), role)).isNotBlank();
                use.command().json = true;
                assertThat(run(use.command(), role)).matches("(?s)[\\[{].*[\\]}]\\R");
            } else {
                assertThatThrownBy(() -> run(use.command(), role))
                        .as(use + " as " + role)
                        .isInstanceOf(CommandFailure.class)
                        .hasMessageMatching("(FORBIDDEN|UNAUTHENTICATED): .*");
            }
            assertThat(gateway.calls)
                    .allSatisfy(call -> assertThat(use.operations()).contains(call.operation()));
        }
    }

    @ParameterizedTest
    @MethodSource("uses")
    void everythingHasHelp(Use use) {
        Command command = use.command().getClass().getAnnotation(Command.class);
        assertThat(command.scope()).isEqualTo("sekisho");
        assertThat(command.description()).isNotBlank();
        for (Class<?> type = use.command().getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Option.class)) {
                    assertThat(field.getAnnotation(Option.class).description()).isNotBlank();
                }
                if (field.isAnnotationPresent(Argument.class)) {
                    assertThat(field.getAnnotation(Argument.class).description())
                            .isNotBlank();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("uses")
    void anAbsentServiceIsSaidSo(Use use) {
        if (use.command() instanceof StatusCommand || use.command() instanceof DoctorCommand) {
            return;
        }
        assertThatThrownBy(() -> use.command().execute(Caller.user("a", Set.of(Role.ADMIN)), System.out))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("CAPABILITY_ABSENT: ");
    }

    @Test
    void statusSaysWhatIsAbsent() throws Exception {
        StatusCommand status = new StatusCommand();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        status.execute(Caller.ANONYMOUS, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("sekisho-directory.*absent")
                .containsPattern("sekisho-message-store.*absent")
                .containsPattern("sekisho-search-index.*absent");
    }

    @Test
    void statusSaysWhatRuns() throws Exception {
        assertThat(run(new StatusCommand(), Role.ADMIN))
                .containsPattern("sekisho-message-store.*running")
                .containsPattern("sekisho-search-index.*running")
                .doesNotContain("absent");
    }

    @Test
    void theDoctorFindsWhatIsWrong() throws Exception {
        String found = run(new DoctorCommand(), Role.ADMIN);
        assertThat(found)
                .contains("record 3 does not follow")
                .contains("2 events were set aside")
                .contains("sekisho:group-resume " + Samples.GROUP);
        DoctorCommand alone = new DoctorCommand();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        alone.execute(Caller.ANONYMOUS, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("feature:install sekisho-audit");
    }

    @Test
    void revokingAsksFirst() throws Exception {
        ParticipantRevokeCommand revoke = new ParticipantRevokeCommand();
        revoke.leaf = Samples.LEAF.toString();
        typed = "y";
        assertThatThrownBy(() -> run(revoke, Role.ADMIN)).hasMessageContaining("not confirmed");
        assertThat(asked).contains(Samples.LEAF.toString());
        assertThat(gateway.calls).isEmpty();
        typed = "yes";
        run(revoke, Role.ADMIN);
        assertThat(gateway.lastCall().operation()).isEqualTo(Operation.DIRECTORY_REVOKE);
    }

    @Test
    void suspendingAsksFirst() {
        GroupSuspendCommand suspend = new GroupSuspendCommand();
        suspend.group = Samples.GROUP.toString();
        assertThatThrownBy(() -> run(suspend, Role.OPERATOR)).hasMessageContaining("not confirmed");
        assertThat(gateway.calls).isEmpty();
    }

    @Test
    void givingASwitchUpAsksFirst() throws Exception {
        SchemeSwitchCommand giveUp = new SchemeSwitchCommand();
        giveUp.group = Samples.GROUP.toString();
        giveUp.giveUp = true;
        assertThatThrownBy(() -> run(giveUp, Role.OPERATOR)).hasMessageContaining("not confirmed");
        assertThat(gateway.calls).isEmpty();
        giveUp.to = "two-random";
        assertThatThrownBy(() -> run(giveUp, Role.OPERATOR)).hasMessageStartingWith("MALFORMED");
        giveUp.giveUp = false;
        assertThat(run(giveUp, Role.OPERATOR)).contains("two-random").contains("administrators");
        assertThat(gateway.lastCall().arguments()).isEqualTo(List.of(Samples.GROUP, "two-random", ""));
    }

    @Test
    void anInvitationShowsItsToken() throws Exception {
        ParticipantInviteCommand invite = new ParticipantInviteCommand();
        invite.subject = "CN=alice";
        invite.lifetime = "PT12H";
        assertThat(run(invite, Role.ADMIN)).contains(Samples.token().token());
        assertThat(gateway.lastCall().arguments()).isEqualTo(List.of("CN=alice", Duration.ofHours(12)));
        invite.lifetime = "soon";
        assertThatThrownBy(() -> run(invite, Role.ADMIN)).hasMessageStartingWith("MALFORMED");
    }

    @Test
    void argumentsGoThrough() throws Exception {
        AuditListCommand list = new AuditListCommand();
        list.group = Samples.GROUP.toString();
        list.after = 7;
        list.limit = 9;
        run(list, Role.AUDITOR);
        assertThat(gateway.lastCall().arguments()).isEqualTo(List.of(Optional.of(Samples.GROUP), 7L, 9));
        list.limit = 501;
        assertThatThrownBy(() -> run(list, Role.AUDITOR)).hasMessageStartingWith("LIMIT_EXCEEDED");
        list.limit = 1;
        list.group = "zz";
        assertThatThrownBy(() -> run(list, Role.AUDITOR)).hasMessageStartingWith("MALFORMED");
    }

    @Test
    void completersOfferWhatTheUserMaySee() {
        GroupIdCompleter groups = new GroupIdCompleter();
        assertThat(groups.ids()).isEmpty();
        groups.groups = gateway;
        LeafIdCompleter leaves = new LeafIdCompleter();
        leaves.directory = gateway;
        assertThat(groups.ids()).isEmpty();
        javax.security.auth.Subject admin = ConsoleCallerTest.subject(new ConsoleCallerTest.RolePrincipal("admin"));
        javax.security.auth.Subject.doAs(admin, (java.security.PrivilegedAction<Object>) () -> {
            assertThat(groups.ids()).containsExactly(Samples.GROUP.toString());
            assertThat(leaves.ids()).containsExactly(Samples.LEAF.toString());
            return "";
        });
    }

    @Test
    void aJobShowsHowFarItIsAndHowLongItTakes() {
        assertThat(JobWatchCommand.line(FakeStore.job()))
                .isEqualTo("cohort 1, 2>3 [########......................]  25 %  25/s  6 s left");
    }
}
