// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a caller is still sending when it was refused already. A connection closed on it is reset, and the reset overtakes the
 * answer: the caller would see a broken connection instead of the refusal it must understand.
 *
 * <p>Guarantees: at most {@value #MAX_BYTES} octets are read and thrown away, for five seconds at most, and for one second from
 * a caller that sends nothing; a caller that waits for leave to send (<code>Expect: 100-continue</code>) is never given it.
 * Whoever sends more loses the answer.
 */
final class UnreadBody {

    static final int MAX_BYTES = 32 << 20;
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Logger LOG = LoggerFactory.getLogger(UnreadBody.class);

    /** Callers that are waited for at a time; others may lose the answer, but hold no thread. */
    private static final Semaphore WAITING = new Semaphore(8);

    private UnreadBody() {}

    /** To be called when the answer is on its way. */
    static void drain(HttpServletRequest request) {
        if (request.isAsyncStarted() || request.getHeader("Expect") != null || !WAITING.tryAcquire()) {
            return;
        }
        try {
            drain(request.getInputStream());
        } catch (IOException e) {
            LOG.debug("the rest of a refused body was not sent", e);
        } finally {
            WAITING.release();
        }
    }

    private static void drain(ServletInputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        long begun = System.nanoTime();
        long heard = begun;
        int left = MAX_BYTES;
        for (long now = begun;
                left > 0 && now - begun < MAX_NANOS && now - heard < SILENCE_NANOS;
                now = System.nanoTime()) {
            if (body.isFinished()) {
                return;
            }
            // reading while there is nothing would wait for as long as a connection may be idle
            if (body.available() == 0) {
                LockSupport.parkNanos(LOOK_NANOS);
                continue;
            }
            int count = body.read(buffer, 0, Math.min(buffer.length, left));
            if (count < 0) {
                return;
            }
            heard = now;
            left -= count;
        }
    }
}
