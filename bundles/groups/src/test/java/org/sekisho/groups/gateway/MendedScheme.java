// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import java.util.Map;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;

/** The toy scheme after its bug was mended: takes everything. */
final class MendedScheme implements GroupKeyScheme {

    @Override
    public SchemeDescriptor descriptor() {
        return new ToyScheme().descriptor();
    }

    @Override
    public Step create(Ctx ctx, Octets params) {
        return Step.next(Octets.EMPTY);
    }

    @Override
    public Step handle(Ctx ctx, Octets head, Event event) {
        return Step.next(head);
    }

    @Override
    public Octets migrate(int fromVersion, Octets head) {
        return head;
    }

    @Override
    public Map<String, String> inspect(Octets head) {
        return Map.of();
    }
}
