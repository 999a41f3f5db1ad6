// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.gateway;

import org.sekisho.api.audit.AuditTrail;
import org.sekisho.api.store.RowStore;
import org.sekisho.groups.chain.MessageCounters;
import org.sekisho.groups.engine.HostClock;
import org.sekisho.groups.engine.Inbox;
import org.sekisho.groups.engine.Runner;
import org.sekisho.groups.engine.SchemeRegistry;

/** What the gateway's collaborators share. All of it is stateless or safe for many threads. */
record GatewayParts(
        RowStore rows,
        SchemeRegistry schemes,
        Runner runner,
        Inbox inbox,
        GroupRows groups,
        GroupLog log,
        Members members,
        MessageCounters counters,
        InboxQueue queue,
        Throttle throttle,
        Incidents incidents,
        ServerVoice voice,
        AuditTrail audit,
        HostClock clock,
        Participants.Lookup directory,
        Watchers watchers,
        Quotas quotas) {}
