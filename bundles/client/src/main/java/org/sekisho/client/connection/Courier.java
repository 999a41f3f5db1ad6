// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.connection;

import java.util.HashMap;
import java.util.Map;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.SekishoException;
import org.sekisho.api.groups.Receipt;
import org.sekisho.client.transport.Gateway;
import org.sekisho.groups.member.MemberHost;
import org.sekisho.groups.member.Outgoing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the outbox of every group to the gateway, in order, until it has each entry. Belongs to one thread. */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int PAGE = 50;

    private final MemberHost host;
    private final Gateway gateway;
    private final Runnable news;
    private final Map<GroupId, Backoff> backoffs = new HashMap<>();

    Courier(MemberHost host, Gateway gateway, Runnable news) {
        this.host = host;
        this.gateway = gateway.once();
        this.news = news;
    }

    /** One round. */
    void turn() {
        for (GroupId group : host.groups()) {
            Backoff backoff = backoffs.computeIfAbsent(group, g -> new Backoff());
            if (backoff.over()) {
                deliver(group, backoff);
            }
        }
    }

    private void deliver(GroupId group, Backoff backoff) {
        for (Outgoing outgoing : host.outbox(group, PAGE)) {
            try {
                if (send(outgoing) == Receipt.State.DONE) {
                    host.sent(outgoing);
                } else {
                    host.queued(outgoing);
                }
            } catch (SekishoException e) {
                if (later(e)) {
                    LOG.debug("{} to {}: {}, later", outgoing.way(), group, e.code());
                    backoff.failed(e);
                    return;
                }
                LOG.debug("{} to {} refused: {}", outgoing.way(), group, e.code());
                host.refused(outgoing, e.code());
            }
            backoff.succeeded();
            news.run();
        }
    }

    /** What says nothing about the message itself. */
    private static boolean later(SekishoException e) {
        return switch (e.code().category()) {
            case UNAVAILABLE, INDETERMINATE -> true;
            case DENIED -> e.code() == ErrorCode.UNAUTHENTICATED || e.code() == ErrorCode.REVOKED;
            case REJECTED, NOT_FOUND, CONFLICT -> false;
        };
    }

    private Receipt.State send(Outgoing outgoing) {
        return switch (outgoing.way()) {
            case FOUND -> {
                gateway.create(outgoing.bytes());
                yield Receipt.State.DONE;
            }
            case GROUP -> gateway.submit(outgoing.group(), outgoing.bytes()).state();
            case MAIL ->
                gateway.mail(outgoing.to().orElseThrow(), outgoing.bytes()).state();
        };
    }
}
