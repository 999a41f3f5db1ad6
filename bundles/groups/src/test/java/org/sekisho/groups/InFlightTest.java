// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sekisho.api.UnavailableException;

class InFlightTest {

    private final InFlight inFlight = new InFlight();

    @Test
    void closingWaitsForTheCallInside() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        var call = CompletableFuture.supplyAsync(() -> inFlight.call(() -> {
            inside.countDown();
            await(go);
            return "done";
        }));
        await(inside);
        var closing = CompletableFuture.supplyAsync(inFlight::close);
        assertThat(closing).isNotDone();
        go.countDown();
        assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(closing.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void lateCallsAreToldToComeAgain() {
        assertThat(inFlight.<String>call(() -> "in time")).isEqualTo("in time");
        inFlight.close();
        assertThatThrownBy(() -> inFlight.call(() -> "late")).isInstanceOf(UnavailableException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
