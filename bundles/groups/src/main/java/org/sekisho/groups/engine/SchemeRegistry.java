// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sekisho.api.scheme.GroupKeyScheme;

/** Schemes as they were added: of several with one id, the one added last is used. */
public final class SchemeRegistry implements SchemeSource {

    private final List<GroupKeyScheme> schemes = new CopyOnWriteArrayList<>();

    public SchemeRegistry(GroupKeyScheme... initial) {
        schemes.addAll(List.of(initial));
    }

    public void add(GroupKeyScheme scheme) {
        schemes.add(scheme);
    }

    public void remove(GroupKeyScheme scheme) {
        schemes.removeIf(s -> s == scheme);
    }

    @Override
    public Optional<GroupKeyScheme> scheme(String id) {
        return schemes.stream().filter(s -> s.descriptor().id().equals(id)).reduce((first, second) -> second);
    }

    /** One scheme per id, by id. */
    public List<GroupKeyScheme> all() {
        return schemes.stream()
                .map(s -> s.descriptor().id())
                .distinct()
                .sorted(Comparator.naturalOrder())
                .flatMap(id -> scheme(id).stream())
                .toList();
    }
}
