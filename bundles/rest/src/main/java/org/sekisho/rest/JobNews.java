// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.Registration;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.MessageStore;
import org.sekisho.api.messagestore.ReEncryption;
import org.sekisho.api.messagestore.TokenState;

/**
 * How a group's jobs move on, for one reader: each newest job as it is, then again whenever its state or number of headers has
 * changed. Progress that another gateway makes is seen with the next sign of life.
 */
final class JobNews implements EventStream.Source {

    private static final int MOST = 100;

    private final Caller caller;
    private final GroupId group;
    private final MessageStore store;
    private final ReEncryption reEncryption;
    private final Map<Way, Stand> told = new HashMap<>();

    private record Way(long cohort, long from, long to) {}

    private record Stand(TokenState state, long done, long total) {}

    JobNews(Caller caller, GroupId group, MessageStore store, ReEncryption reEncryption) {
        this.caller = caller;
        this.group = group;
        this.store = store;
        this.reEncryption = reEncryption;
    }

    @Override
    public void check(long after) {
        jobs();
    }

    @Override
    public synchronized List<EventStream.Item> read(long after, int limit) {
        List<EventStream.Item> news = new ArrayList<>();
        Map<Way, Stand> now = new HashMap<>();
        for (JobView job : jobs()) {
            Way way = new Way(job.cohort(), job.fromEpoch(), job.toEpoch());
            Stand stand = new Stand(job.state(), job.done(), job.total());
            Stand before = told.get(way);
            if (!stand.equals(before) && news.size() < limit) {
                news.add(new EventStream.Item(0, "job", job));
                now.put(way, stand);
            } else if (before != null) {
                now.put(way, before);
            }
        }
        told.clear();
        told.putAll(now);
        return news;
    }

    private List<JobView> jobs() {
        return reEncryption
                .jobs(caller, Optional.of(group), Optional.empty(), MOST)
                .items();
    }

    @Override
    public Registration watch(Runnable onNews) {
        return store.watch(caller, group, onNews);
    }

    @Override
    public boolean polled() {
        return true;
    }
}
