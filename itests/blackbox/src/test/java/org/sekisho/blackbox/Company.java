// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sekisho.api.Role;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;

/** A town with somebody in every role, and a second group of other people. */
final class Company implements AutoCloseable {

    /** Somebody who calls, and what that makes them: everywhere, and in the first group. */
    record Actor(String name, Wire wire, Set<Role> roles) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final String PASSWORD = "for-this-run-only";

    final Town town;
    final Group other;
    final Person stranger;
    final Map<String, Actor> actors = new LinkedHashMap<>();

    Company() throws Exception {
        town = new Town(Duration.ofDays(1), "ann", "ben");
        stranger = Person.enrol(town.gateway, town.admin, town.home.resolve("people"), "cho");
        other = stranger.sekisho().createGroup(GroupPolicy.withDefaults("elsewhere"));
        users(town.gateway.home().resolve("etc/users.properties"));
        actor("nobody", Wire.nobody(town.gateway), Role.ANONYMOUS);
        actor("owner", Wire.person(town.gateway, town.people.get(0)), Role.PARTICIPANT, Role.MEMBER, Role.OWNER);
        actor("member", Wire.person(town.gateway, town.people.get(1)), Role.PARTICIPANT, Role.MEMBER);
        actor("stranger", Wire.person(town.gateway, stranger), Role.PARTICIPANT);
        actor("admin", Wire.user(town.gateway, "admin", new String(town.gateway.adminSecret())), Role.ADMIN);
        actor("operator", Wire.user(town.gateway, "oscar", PASSWORD), Role.OPERATOR);
        actor("auditor", Wire.user(town.gateway, "audrey", PASSWORD), Role.AUDITOR);
        actor("user without a role", Wire.user(town.gateway, "ulla", PASSWORD));
        // from here on only these wires speak: a client at work in the background would change what the tests compare
        town.people.forEach(Person::close);
        stranger.close();
    }

    private static void users(Path file) throws IOException {
        Files.writeString(
                file,
                """

                oscar = %1$s,_g_:operators
                audrey = %1$s,_g_:auditors
                ulla = %1$s,_g_:visitors
                _g_\\:operators = group,operator
                _g_\\:auditors = group,auditor
                _g_\\:visitors = group,visitor
                """
                        .formatted(PASSWORD),
                StandardOpenOption.APPEND);
    }

    private void actor(String name, Wire wire, Role... roles) {
        Set<Role> set = EnumSet.noneOf(Role.class);
        set.addAll(Set.of(roles));
        actors.put(name, new Actor(name, wire, set));
    }

    @Override
    public void close() throws Exception {
        stranger.close();
        town.close();
    }
}
