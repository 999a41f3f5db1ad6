// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class BootCheckTest {

    @Test
    void readyWhenTheContainerSaysThatBootHasFinished() {
        AtomicBoolean finished = new AtomicBoolean();
        BootCheck check = new BootCheck(context(finished));
        assertThat(check.execute().isOk()).isFalse();
        finished.set(true);
        assertThat(check.execute().isOk()).isTrue();
    }

    private static BundleContext context(AtomicBoolean finished) {
        ServiceReference<?> reference = proxy(ServiceReference.class, (method, args) -> null);
        return proxy(BundleContext.class, (method, args) -> {
            assertThat(method).isEqualTo("getServiceReference");
            assertThat(args[0]).isEqualTo(BootCheck.BOOT_FINISHED);
            return finished.get() ? reference : null;
        });
    }

    private interface Call {
        Object on(String method, Object[] args);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> call.on(method.getName(), args)));
    }
}
