// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Where one gateway process listens, all on the loopback address. */
public record Ports(int api, int admin, int ssh) {

    /** Below those that the system gives to whoever connects: what is free stays so while a gateway that was killed starts again. */
    private static final int FIRST = 20_000;

    private static final int BEHIND_LAST = 32_000;
    private static final int ATTEMPTS = 100;

    /** Ports nobody uses just now. */
    public static Ports free() {
        try (ServerSocket a = any();
                ServerSocket b = any();
                ServerSocket c = any()) {
            return new Ports(a.getLocalPort(), b.getLocalPort(), c.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket any() throws IOException {
        BindException last = new BindException();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (BindException e) {
                last = e;
            }
        }
        throw last;
    }
}
