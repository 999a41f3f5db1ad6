// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.Map;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;

/** Passes everything on to a scheme. */
class PassingScheme implements GroupKeyScheme {

    final GroupKeyScheme scheme;

    PassingScheme(GroupKeyScheme scheme) {
        this.scheme = scheme;
    }

    @Override
    public SchemeDescriptor descriptor() {
        return scheme.descriptor();
    }

    @Override
    public Step create(Ctx ctx, Octets params) {
        return scheme.create(ctx, params);
    }

    @Override
    public Step handle(Ctx ctx, Octets head, Event event) {
        return scheme.handle(ctx, head, event);
    }

    @Override
    public Octets migrate(int fromVersion, Octets head) {
        return scheme.migrate(fromVersion, head);
    }

    @Override
    public Map<String, String> inspect(Octets head) {
        return scheme.inspect(head);
    }

    @Override
    public boolean admits(String type, Party to) {
        return scheme.admits(type, to);
    }
}
