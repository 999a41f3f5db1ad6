// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation;

import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.sekisho.api.Octets;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Event;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.scheme.SchemeDescriptor;
import org.sekisho.api.scheme.Step;
import org.sekisho.keyderivation.protocol.KeyDerivationScheme;
import org.sekisho.keyderivation.protocol.Timings;

/** Offers {@link KeyDerivationScheme} to the host. Without state: may be stopped, updated and replaced at any time. */
@Component(
        service = GroupKeyScheme.class,
        property = GroupKeyScheme.SCHEME_ID + "=key-derivation",
        configurationPid = KeyDerivationConfig.PID)
@Designate(ocd = KeyDerivationConfig.class)
public final class KeyDerivationComponent implements GroupKeyScheme {

    private final GroupKeyScheme scheme;

    @Activate
    public KeyDerivationComponent(KeyDerivationConfig config) {
        Duration quiet = Duration.ofMillis(config.quiet_milliseconds());
        Duration round = Duration.ofMillis(Math.max(config.quiet_milliseconds(), config.round_milliseconds()));
        this.scheme = new KeyDerivationScheme(new Timings(
                quiet,
                round,
                Duration.ofSeconds(config.flaky_seconds()),
                Duration.ofSeconds(config.refresh_seconds()),
                config.refresh_epochs()));
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
    public boolean admits(String type, Party to) {
        return scheme.admits(type, to);
    }

    @Override
    public Octets migrate(int fromVersion, Octets head) {
        return scheme.migrate(fromVersion, head);
    }

    @Override
    public Map<String, String> inspect(Octets head) {
        return scheme.inspect(head);
    }
}
