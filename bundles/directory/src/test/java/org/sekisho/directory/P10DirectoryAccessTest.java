// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.api.Caller;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Operation;
import org.sekisho.api.Role;
import org.sekisho.api.directory.EnrolmentRequest;
import org.sekisho.api.directory.Registering;

/** P10: every operation of the directory with every role. */
class P10DirectoryAccessTest {

    private static final LeafId LEAF = LeafId.of(new byte[32]);
    private static final Octets NONE = Octets.EMPTY;

    private final Gateway gateway = new Gateway();
    private final Map<Operation, Consumer<Caller>> calls = calls();

    private Map<Operation, Consumer<Caller>> calls() {
        X509Directory directory = gateway.directory;
        var calls = new EnumMap<Operation, Consumer<Caller>>(Operation.class);
        calls.put(Operation.DIRECTORY_INVITE, c -> directory.invite(c, "CN=x", Duration.ofDays(1)));
        calls.put(Operation.DIRECTORY_ENROL, c -> directory.enrol(c, new EnrolmentRequest("x", NONE, NONE)));
        calls.put(
                Operation.DIRECTORY_REGISTER,
                c -> directory.register(c, new Registering(LEAF, NONE, NONE, NONE, NONE, Optional.empty())));
        calls.put(Operation.DIRECTORY_READ, c -> directory.participant(c, LEAF));
        calls.put(Operation.DIRECTORY_LIST, c -> directory.participants(c, Optional.empty(), 1));
        calls.put(Operation.DIRECTORY_REVOKE, c -> directory.revoke(c, LEAF, "x"));
        calls.put(Operation.DIRECTORY_GATEWAY, directory::gateway);
        calls.put(Operation.DIRECTORY_CRL, directory::revocationList);
        return calls;
    }

    @Test
    void every_operation_of_the_directory_is_here() {
        assertThat(calls.keySet())
                .containsExactlyElementsOf(Arrays.stream(Operation.values())
                        .filter(o -> o.name().startsWith("DIRECTORY_"))
                        .toList());
    }

    static Stream<Arguments> everybody() {
        return Arrays.stream(Operation.values())
                .filter(o -> o.name().startsWith("DIRECTORY_"))
                .flatMap(o -> Arrays.stream(Role.values()).map(role -> Arguments.of(o, role)));
    }

    @ParameterizedTest
    @MethodSource("everybody")
    void only_roles_of_the_table_pass(Operation operation, Role role) {
        var caller = new Caller("somebody", Optional.of(LEAF), Set.of(role));
        Hash before = gateway.memory.digest();
        Throwable thrown = catchThrowable(() -> calls.get(operation).accept(caller));
        if (operation.allowed().contains(role)) {
            assertThat(thrown instanceof DeniedException).isFalse();
        } else {
            assertThat(thrown).isInstanceOf(DeniedException.class);
            assertThat(gateway.memory.digest()).isEqualTo(before);
        }
    }

    @Test
    void certificate_without_entry_reads_nothing() {
        var caller = new Caller("CN=somebody", Optional.empty(), Set.of(Role.PARTICIPANT));
        for (Operation operation : List.of(Operation.DIRECTORY_READ, Operation.DIRECTORY_LIST)) {
            assertThat(catchThrowable(() -> calls.get(operation).accept(caller)))
                    .isInstanceOfSatisfying(
                            DeniedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
        }
    }
}
