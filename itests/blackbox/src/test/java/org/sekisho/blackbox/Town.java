// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;
import org.sekisho.client.SekishoAdmin;

/** A gateway process with some participants in one group, for one test class. */
final class Town implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    final Path home;
    final GatewayProcess gateway;
    final List<Person> people = new ArrayList<>();
    final SekishoAdmin admin;
    final Group group;

    Town(Duration rn2, String... names) throws Exception {
        home = Files.createTempDirectory("sekisho-town");
        gateway = GatewayProcess.unpack(
                Path.of(System.getProperty("sekisho.distribution")), home.resolve("gateway"), Ports.free());
        gateway.start();
        gateway.awaitReady(Duration.ofSeconds(120));
        admin = SekishoAdmin.connect(gateway.root(), gateway.authority(), "admin", gateway.adminSecret());
        for (String name : names) {
            people.add(Person.enrol(gateway, admin, home.resolve("people"), name));
        }
        Person owner = people.get(0);
        group = owner.sekisho()
                .createGroup(GroupPolicy.withDefaults("town hall").withIntervals(Duration.ofDays(30), rn2));
        owner.listen(group);
        for (Person person : people.subList(1, people.size())) {
            group.invite(person.leaf());
            group.awaitMember(person.leaf());
        }
        if (!Deadline.await(PATIENCE, this::together)) {
            throw new IllegalStateException("the group did not come together");
        }
    }

    /** Everybody knows the group and is in the owner's epoch. */
    boolean together() {
        long epoch = group.epoch();
        return people.stream()
                .allMatch(p -> p.knows(group.id()) && p.group(group.id()).epoch() == epoch);
    }

    @Override
    public void close() throws Exception {
        people.forEach(Person::close);
        admin.close();
        gateway.close();
        Path log = Files.createDirectories(Path.of("target", "gateway-logs")).resolve(home.getFileName() + ".log");
        Files.copy(gateway.home().resolve("data/log/karaf.log"), log);
        Demo.delete(home);
    }
}
