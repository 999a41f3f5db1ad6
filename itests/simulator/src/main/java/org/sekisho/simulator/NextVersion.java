// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

import java.util.Map;
import org.sekisho.api.Octets;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;

/** The scheme with heads of another form: what a later version of its bundle would be. */
final class NextVersion extends PassingScheme {

    private static final Octets MARK = Octets.of(new byte[] {(byte) 0xff});

    NextVersion(GroupKeyScheme scheme) {
        super(scheme);
    }

    @Override
    public SchemeDescriptor descriptor() {
        SchemeDescriptor d = scheme.descriptor();
        return new SchemeDescriptor(
                d.id(),
                d.prefix(),
                d.protocol(),
                d.stateVersion() + 1,
                d.oldestReadable(),
                d.capabilities(),
                d.blindReason());
    }

    @Override
    public Step create(Ctx ctx, Octets params) {
        return marked(scheme.create(ctx, params));
    }

    @Override
    public Step handle(Ctx ctx, Octets head, Event event) {
        return marked(scheme.handle(ctx, unmarked(head), event));
    }

    @Override
    public Octets migrate(int fromVersion, Octets head) {
        int present = scheme.descriptor().stateVersion();
        return Octets.concat(MARK, fromVersion == present ? head : scheme.migrate(fromVersion, head));
    }

    @Override
    public Map<String, String> inspect(Octets head) {
        return scheme.inspect(unmarked(head));
    }

    private static Octets unmarked(Octets head) {
        if (!head.startsWith(MARK)) {
            throw new Violation("a head of the old form reached the new version");
        }
        return head.slice(1, head.size());
    }

    private static Step marked(Step step) {
        return step instanceof Step.Next next
                ? new Step.Next(Octets.concat(MARK, next.head()), next.parts(), next.effects())
                : step;
    }
}
