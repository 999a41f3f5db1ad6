// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Registration;
import org.sekisho.api.SekishoException;
import org.sekisho.client.transport.StoreGateway;

class JobWatchesTest {

    private static final GroupId GROUP = GroupId.of(new byte[16]);

    private final AtomicInteger streams = new AtomicInteger();

    private StoreGateway gateway() {
        return (StoreGateway) Proxy.newProxyInstance(
                StoreGateway.class.getClassLoader(), new Class<?>[] {StoreGateway.class}, (self, method, args) -> {
                    assertThat(method.getName()).isEqualTo("watchJobs");
                    streams.incrementAndGet();
                    return (Registration) streams::decrementAndGet;
                });
    }

    @Test
    void a_session_has_a_bounded_number_of_watches_and_all_end_with_it() {
        List<Registration> open = new ArrayList<>();
        try (var watches = new JobWatches()) {
            for (int i = 0; i < 16; i++) {
                open.add(watches.start(GROUP, gateway(), job -> {}));
            }
            assertThatThrownBy(() -> watches.start(GROUP, gateway(), job -> {}))
                    .isInstanceOfSatisfying(
                            SekishoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
            await().until(() -> streams.get() == 16);
            open.get(0).close();
            open.get(0).close();
            watches.start(GROUP, gateway(), job -> {});
            assertThatThrownBy(() -> watches.start(GROUP, gateway(), job -> {})).isInstanceOf(SekishoException.class);
        }
        await().until(() -> streams.get() == 0);
    }
}
