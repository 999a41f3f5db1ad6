// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.Page;
import org.sekisho.api.RefusalCounter;
import org.sekisho.api.Registration;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.directory.GatewayIdentity;
import org.sekisho.api.groups.ChainPage;
import org.sekisho.api.groups.EpochRecord;
import org.sekisho.api.groups.GroupHistory;
import org.sekisho.api.groups.GroupView;
import org.sekisho.api.groups.Groups;
import org.sekisho.api.groups.LogEntry;
import org.sekisho.api.groups.Mailbox;
import org.sekisho.api.groups.Receipt;
import org.sekisho.api.groups.SchemeSwitches;
import org.sekisho.api.groups.SchemeView;
import org.sekisho.api.groups.SwitchView;
import org.sekisho.api.scheme.GroupKeyScheme;
import org.sekisho.api.store.RowStore;
import org.sekisho.crypto.SystemEntropy;
import org.sekisho.crypto.store.StoreKey;
import org.sekisho.groups.engine.KeyedStateSealer;
import org.sekisho.groups.engine.LivedClock;
import org.sekisho.groups.engine.SchemeRegistry;
import org.sekisho.groups.gateway.GatewayHost;
import org.sekisho.groups.gateway.Quotas;

/**
 * Groups, their history and mailboxes as services. Schemes may come, go and be replaced at any time: a call in flight ends with
 * the scheme it began with or is done again, and while a scheme is away, what is for it waits.
 */
@Component(
        immediate = true,
        service = {Groups.class, GroupHistory.class, SchemeSwitches.class, Mailbox.class},
        configurationPid = GroupsConfig.PID)
@Designate(ocd = GroupsConfig.class)
public final class GroupsComponent implements Groups, GroupHistory, SchemeSwitches, Mailbox {

    private static final Duration SAVE_TIME = Duration.ofSeconds(10);
    private static final Duration FORGET_TIME = Duration.ofMinutes(5);

    private final SchemeRegistry schemes = new SchemeRegistry();
    private final InFlight inFlight = new InFlight();
    private final Beat beat = new Beat();
    private final LivedClock clock;
    private final KeyedStateSealer sealer;
    private final GatewayHost host;
    private final Mailbox mailbox;
    private volatile @Nullable RefusalCounter refusals;

    @Activate
    public GroupsComponent(
            @Reference RowStore rows,
            @Reference Directory directory,
            @Reference GatewayIdentity identity,
            @Reference AuditTrail audit,
            BundleContext context,
            GroupsConfig config)
            throws IOException {
        var entropy = new SystemEntropy();
        this.clock = new LivedClock(rows, InstantSource.system(), System::nanoTime);
        try (SecretBytes key = StoreKey.loadOrCreate(path(context, config.store_key_file()), entropy)) {
            this.sealer = new KeyedStateSealer(key, entropy);
        }
        this.host = new GatewayHost(new GatewayHost.Ground(
                rows,
                schemes,
                sealer,
                identity,
                new DirectoryLookup(directory),
                audit,
                clock,
                entropy,
                quotas(config)));
        this.mailbox = host.mailbox();
        beat.once(host::rebuild);
        beat.every(Duration.ofMillis(config.beat_milliseconds()), host::tick);
        beat.every(Duration.ofSeconds(config.rebuild_seconds()), host::rebuild);
        beat.every(SAVE_TIME, clock::save);
        beat.every(FORGET_TIME, host::forget);
    }

    private static Quotas quotas(GroupsConfig config) {
        return new Quotas(
                config.groups_per_participant(),
                config.mailbox_octets(),
                config.mailbox_octets_per_sender(),
                config.complaints_per_member(),
                Duration.ofMinutes(config.log_kept_minutes()));
    }

    private static Path path(BundleContext context, String text) {
        return Path.of(text.replace("${karaf.etc}", property(context, "karaf.etc"))
                .replace("${karaf.data}", property(context, "karaf.data")));
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addScheme(GroupKeyScheme scheme) {
        schemes.add(scheme);
        String id = scheme.descriptor().id();
        beat.once(() -> host.schemeAdded(id));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addCounter(RefusalCounter counter) {
        refusals = counter;
        host.countWith(Optional.of(counter));
    }

    /** Called after the next one was added, if there is a next one. */
    void removeCounter(RefusalCounter counter) {
        if (refusals == counter) {
            host.countWith(Optional.empty());
        }
    }

    void removeScheme(GroupKeyScheme scheme) {
        schemes.remove(scheme);
    }

    @Deactivate
    void stop() {
        inFlight.close();
        beat.close();
        try {
            clock.save();
        } finally {
            sealer.close();
        }
    }

    @Override
    public GroupView create(Caller caller, Octets genesis) {
        return inFlight.call(() -> host.create(caller, genesis));
    }

    @Override
    public GroupView group(Caller caller, GroupId group) {
        return inFlight.call(() -> host.group(caller, group));
    }

    @Override
    public Page<GroupView> groups(Caller caller, Optional<String> cursor, int limit) {
        return inFlight.call(() -> host.groups(caller, cursor, limit));
    }

    @Override
    public Receipt submit(Caller caller, GroupId group, Octets signedEnvelope) {
        return inFlight.call(() -> host.submit(caller, group, signedEnvelope));
    }

    @Override
    public Receipt post(Caller caller, GroupId group, Octets sealedMessage) {
        return inFlight.call(() -> host.post(caller, group, sealedMessage));
    }

    @Override
    public List<LogEntry> read(Caller caller, GroupId group, long after, int limit) {
        return inFlight.call(() -> host.read(caller, group, after, limit));
    }

    @Override
    public Registration watch(Caller caller, GroupId group, Runnable onNews) {
        return inFlight.call(() -> host.watch(caller, group, onNews));
    }

    @Override
    public ChainPage chain(Caller caller, GroupId group, Optional<String> cursor) {
        return inFlight.call(() -> host.chain(caller, group, cursor));
    }

    @Override
    public Page<EpochRecord> epochs(Caller caller, GroupId group, long after, int limit) {
        return inFlight.call(() -> host.epochs(caller, group, after, limit));
    }

    @Override
    public List<SchemeView> schemes(Caller caller) {
        return inFlight.call(() -> host.schemes(caller));
    }

    @Override
    public Map<String, String> inspect(Caller caller, GroupId group) {
        return inFlight.call(() -> host.inspect(caller, group));
    }

    @Override
    public Receipt request(Caller caller, GroupId group, String name, Octets args) {
        return inFlight.call(() -> host.request(caller, group, name, args));
    }

    @Override
    public GroupView suspend(Caller caller, GroupId group, String reason) {
        return inFlight.call(() -> host.suspend(caller, group, reason));
    }

    @Override
    public GroupView resume(Caller caller, GroupId group) {
        return inFlight.call(() -> host.resume(caller, group));
    }

    @Override
    public Receipt order(Caller caller, GroupId group, Octets signedEnvelope) {
        return inFlight.call(() -> host.order(caller, group, signedEnvelope));
    }

    @Override
    public Optional<SwitchView> pending(Caller caller, GroupId group) {
        return inFlight.call(() -> host.pending(caller, group));
    }

    @Override
    public Receipt ask(Caller caller, GroupId group, String scheme, String reason) {
        return inFlight.call(() -> host.ask(caller, group, scheme, reason));
    }

    @Override
    public SwitchView giveUp(Caller caller, GroupId group, String reason) {
        return inFlight.call(() -> host.giveUp(caller, group, reason));
    }

    @Override
    public Receipt send(Caller caller, LeafId to, Octets signedEnvelope) {
        return inFlight.call(() -> mailbox.send(caller, to, signedEnvelope));
    }

    @Override
    public List<LogEntry> read(Caller caller, long after, int limit) {
        return inFlight.call(() -> mailbox.read(caller, after, limit));
    }

    @Override
    public void acknowledge(Caller caller, long n) {
        inFlight.call(() -> {
            mailbox.acknowledge(caller, n);
            return n;
        });
    }

    @Override
    public Registration watch(Caller caller, Runnable onNews) {
        return inFlight.call(() -> mailbox.watch(caller, onNews));
    }
}
