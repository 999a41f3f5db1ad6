// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.GroupId;
import org.sekisho.api.messagestore.JobView;
import org.sekisho.api.messagestore.ReEncryption;
import org.sekisho.api.messagestore.TokenState;

/** Follows a group's jobs until none is at work: a bar, the rate, the time left. */
@Service
@Command(scope = "sekisho", name = "job-watch", description = "follows a group's jobs until none is at work")
public final class JobWatchCommand extends SekishoCommand {

    private static final int WIDTH = 30;
    private static final int MOST = 500;

    @Reference(optional = true)
    @Nullable ReEncryption store;

    @Argument(index = 0, name = "group", required = true, description = "id of the group")
    @Completion(GroupIdCompleter.class)
    String group = "";

    @Option(name = "--seconds", description = "longest time to watch, in seconds", valueToShowInHelp = "600")
    int seconds = 600;

    PrintStream out = System.out;
    Duration pause = Duration.ofMillis(500);

    @Override
    Answer answer(Caller caller) {
        GroupId id = GroupId.parse(group);
        long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        List<JobView> jobs = jobs(caller, id);
        while (jobs.stream().anyMatch(JobWatchCommand::working) && System.nanoTime() < deadline) {
            if (!json) {
                jobs.stream().filter(JobWatchCommand::working).forEach(job -> out.println(line(job)));
            }
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            jobs = jobs(caller, id);
        }
        Answer answer = Answer.table(jobs, "cohort", "epochs", "state", "done", "of");
        jobs.stream()
                .sorted(Comparator.comparingLong(JobView::cohort).thenComparingLong(JobView::fromEpoch))
                .forEach(job -> answer.row(
                        job.cohort(), job.fromEpoch() + ">" + job.toEpoch(), job.state(), job.done(), job.total()));
        return answer;
    }

    private List<JobView> jobs(Caller caller, GroupId id) {
        return present(store, "the message store")
                .jobs(caller, Optional.of(id), Optional.empty(), MOST)
                .items();
    }

    private static boolean working(JobView job) {
        return job.state() == TokenState.APPLYING || job.state() == TokenState.UNDOING;
    }

    static String line(JobView job) {
        double part = job.total() == 0 ? 1 : Math.min(1, (double) job.done() / job.total());
        int full = (int) Math.round(part * WIDTH);
        String left = job.perSecond() < 1 ? "-" : Math.round((job.total() - job.done()) / job.perSecond()) + " s left";
        return String.format(
                Locale.ROOT,
                "cohort %d, %d>%d [%s%s] %3.0f %%  %.0f/s  %s",
                job.cohort(),
                job.fromEpoch(),
                job.toEpoch(),
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                100 * part,
                job.perSecond(),
                left);
    }
}
