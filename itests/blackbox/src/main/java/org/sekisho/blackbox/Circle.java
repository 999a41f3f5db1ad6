// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sekisho.client.Group;
import org.sekisho.client.GroupPolicy;

/** A group of the demonstration and who is in it just now. */
final class Circle {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PACE_MILLIS = 30;

    private final Group group;
    private final Sayings sayings;
    private final List<Person> present = new ArrayList<>();

    private Circle(Group group, Sayings sayings) {
        this.group = group;
        this.sayings = sayings;
    }

    /** The first founds the group and takes the others in. */
    static Circle form(GroupPolicy policy, Sayings sayings, List<Person> people) throws InterruptedException {
        Person owner = people.get(0);
        var circle = new Circle(owner.sekisho().createGroup(policy), sayings);
        owner.listen(circle.group);
        circle.present.add(owner);
        for (Person person : people.subList(1, people.size())) {
            circle.group.invite(person.leaf());
        }
        for (Person person : people.subList(1, people.size())) {
            circle.await(person);
        }
        return circle;
    }

    Group group() {
        return group;
    }

    /** Who is in it just now. */
    List<Person> present() {
        return List.copyOf(present);
    }

    void join(Person person) throws InterruptedException {
        group.invite(person.leaf());
        await(person);
    }

    private void await(Person person) throws InterruptedException {
        group.awaitMember(person.leaf());
        require(
                Deadline.await(
                        PATIENCE,
                        () -> person.knows(group.id())
                                && person.group(group.id()).epoch() >= group.epoch()),
                person.name() + " did not come into the group");
        present.add(person);
    }

    /** When it returns, everybody who stays is in the epoch without the person. */
    void remove(Person person) throws InterruptedException {
        present.remove(person);
        group.remove(person.leaf());
        await(group.epoch());
    }

    /** Everybody is in that epoch or a later one. */
    void await(long epoch) throws InterruptedException {
        for (Person p : present) {
            require(
                    Deadline.await(PATIENCE, () -> p.group(group.id()).epoch() >= epoch),
                    p.name() + " did not come to epoch " + epoch);
        }
    }

    void talk(List<Conversation.Line> lines) throws InterruptedException {
        Map<String, Person> voices = new HashMap<>();
        for (Conversation.Line line : lines) {
            Person speaker = voices.computeIfAbsent(line.who(), who -> voice(who, voices.size()));
            String text = sayings.say(line.text(), speaker, present);
            speaker.group(group.id()).send(text);
            sayings.leaks().epochOf(group);
            TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
        }
    }

    private Person voice(String who, int n) {
        return present.stream().filter(p -> p.name().equals(who)).findFirst().orElse(present.get(n % present.size()));
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
