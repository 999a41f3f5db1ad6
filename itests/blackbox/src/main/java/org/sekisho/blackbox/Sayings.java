// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that was said in the demonstration, and for whom. One thread says. */
final class Sayings {

    private final Map<String, List<Person>> audience = new HashMap<>();
    private final LeakScan leaks = new LeakScan();

    /** Who read what. */
    record Count(int read, int twice, int forbidden) {}

    /** Notes that {@code speaker} says this before these, and gives the text with a number: no two are alike. */
    String say(String text, Person speaker, List<Person> present) {
        String numbered = text + " [" + (audience.size() + 1) + "]";
        audience.put(numbered, present.stream().filter(p -> p != speaker).toList());
        leaks.text(numbered);
        return numbered;
    }

    LeakScan leaks() {
        return leaks;
    }

    int said() {
        return audience.size();
    }

    /** Texts that somebody they are for has not read yet. */
    int missing() {
        int missing = 0;
        for (Map.Entry<String, List<Person>> e : audience.entrySet()) {
            missing += (int)
                    e.getValue().stream().filter(p -> p.times(e.getKey()) == 0).count();
        }
        return missing;
    }

    Count count(Collection<Person> people) {
        int read = 0;
        int twice = 0;
        int forbidden = 0;
        for (Person p : people) {
            for (String text : p.texts()) {
                boolean meant = audience.getOrDefault(text, List.of()).contains(p);
                boolean own = !audience.containsKey(text);
                read += meant ? 1 : 0;
                twice += p.times(text) > 1 ? 1 : 0;
                forbidden += meant || own ? 0 : 1;
            }
        }
        return new Count(read, twice, forbidden);
    }
}
