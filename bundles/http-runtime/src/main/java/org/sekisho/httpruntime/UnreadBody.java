// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a caller is still sending when it was refused already. A connection closed on it is reset, and the reset overtakes the
 * answer: the caller would see a broken connection instead of the refusal it must understand.
 *
 * <p>Guarantees: at most {@value #MAX_BYTES} octets are read and thrown away, for five seconds at most; no thread waits for
 * them; a caller that waits for leave to send (<code>Expect: 100-continue</code>) is never given it. Whoever sends more loses
 * the answer.
 */
final class UnreadBody implements ReadListener, AsyncListener {

    static final int MAX_BYTES = 32 << 20;
    private static final long MAX_MILLIS = TimeUnit.SECONDS.toMillis(5);
    private static final Logger LOG = LoggerFactory.getLogger(UnreadBody.class);

    private final AsyncContext exchange;
    private final ServletInputStream body;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final byte[] buffer = new byte[8192];
    private int left = MAX_BYTES;

    private UnreadBody(AsyncContext exchange, ServletInputStream body) {
        this.exchange = exchange;
        this.body = body;
    }

    /** To be called when the answer was flushed, as the last thing done with the request. */
    static void drain(HttpServletRequest request) throws IOException {
        if (request.isAsyncStarted() || !request.isAsyncSupported() || request.getHeader("Expect") != null) {
            return;
        }
        ServletInputStream body = request.getInputStream();
        AsyncContext exchange = request.startAsync();
        UnreadBody rest = new UnreadBody(exchange, body);
        exchange.setTimeout(MAX_MILLIS);
        exchange.addListener(rest);
        body.setReadListener(rest);
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (body.isReady()) {
            int count = body.read(buffer, 0, Math.min(buffer.length, left));
            left -= Math.max(count, 0);
            if (count < 0 || left == 0) {
                end();
                return;
            }
        }
    }

    @Override
    public void onAllDataRead() {
        end();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("the rest of a refused body was not sent", failure);
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            exchange.complete();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // nothing is held
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nobody else starts it
    }
}
