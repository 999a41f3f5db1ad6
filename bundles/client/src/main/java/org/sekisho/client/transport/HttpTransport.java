// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import com.fasterxml.jackson.databind.JavaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.sekisho.api.DeniedException;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;

/**
 * Requests to one gateway. Guarantee: every failure is a {@link SekishoException}; nothing is sent twice unless the policy
 * says so and the failure says that it may help. Blocks; safe for many threads; {@link #close} ends pauses at once.
 */
public final class HttpTransport implements AutoCloseable {

    /** Most octets of an answer. */
    static final int MAX_ANSWER = 64 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration REQUEST = Duration.ofSeconds(20);

    private final URI base;
    private final Optional<String> authorization;
    private final RetryPolicy retry;
    private final ExecutorService threads;
    private final HttpClient client;
    private final CountDownLatch closed;

    /**
     * @param base {@code https://host:port}; the API's path is added
     * @param authorization value of the Authorization header, for administrators
     */
    public HttpTransport(URI base, SSLContext tls, Optional<String> authorization, RetryPolicy retry) {
        String text = base.toString();
        this.base = URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/api/v1");
        this.authorization = authorization;
        this.retry = retry;
        this.closed = new CountDownLatch(1);
        this.threads = Executors.newCachedThreadPool(runnable -> {
            var thread = new Thread(runnable, "sekisho-http");
            thread.setDaemon(true);
            return thread;
        });
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .sslContext(tls)
                .executor(threads)
                .build();
    }

    private HttpTransport(HttpTransport shared, RetryPolicy retry) {
        this.base = shared.base;
        this.authorization = shared.authorization;
        this.retry = retry;
        this.closed = shared.closed;
        this.threads = shared.threads;
        this.client = shared.client;
    }

    /** The same connections under another policy; closing one closes both. */
    HttpTransport with(RetryPolicy policy) {
        return new HttpTransport(this, policy);
    }

    /** A request and how long its answer may take. */
    record Call(HttpRequest.Builder request, Duration timeout) {

        Call within(Duration limit) {
            return new Call(request, limit);
        }

        Call header(String name, String value) {
            request.setHeader(name, value);
            return this;
        }
    }

    Call get(String path) {
        return call(path, "GET", HttpRequest.BodyPublishers.noBody());
    }

    Call delete(String path) {
        return call(path, "DELETE", HttpRequest.BodyPublishers.noBody());
    }

    Call post(String path, Object body) {
        return call(path, "POST", HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                .header("Content-Type", "application/json");
    }

    Call put(String path, Object body) {
        return call(path, "PUT", HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                .header("Content-Type", "application/json");
    }

    Call putOctets(String path, Octets body) {
        return call(path, "PUT", HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .header("Content-Type", "application/octet-stream");
    }

    private Call call(String path, String method, HttpRequest.BodyPublisher body) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
        request.setHeader("Accept", "application/json, application/problem+json");
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
        return new Call(request, REQUEST);
    }

    /** Sends, again if need be, and reads the answer. */
    <T> T ask(Call call, JavaType type) {
        return Json.read(send(call), type);
    }

    <T> T ask(Call call, Class<T> type) {
        return Json.read(send(call), type);
    }

    /** Sends, again if need be; the body of the answer. */
    byte[] send(Call call) {
        long deadline = System.nanoTime() + retry.budget().toNanos();
        for (int failures = 1; ; failures++) {
            SekishoException failure;
            try {
                return sendOnce(call);
            } catch (SekishoException e) {
                failure = e;
            }
            if (!retry.allows(failure)) {
                throw failure;
            }
            Duration pause = retry.pause(failures, failure, ThreadLocalRandom.current());
            if (System.nanoTime() + pause.toNanos() > deadline || pauseEndedByClose(pause)) {
                throw failure;
            }
        }
    }

    /** One attempt. */
    byte[] sendOnce(Call call) {
        if (isClosed()) {
            throw new UnavailableException(ErrorCode.GATEWAY_UNREACHABLE, "the connection is closed");
        }
        try {
            HttpResponse<InputStream> answer = client.send(
                    call.request().timeout(call.timeout()).build(), HttpResponse.BodyHandlers.ofInputStream());
            return successful(answer);
        } catch (IOException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndeterminateException(ErrorCode.OUTCOME_UNKNOWN, "interrupted");
        }
    }

    /** One attempt that does not block; fails with a {@link SekishoException}. */
    CompletableFuture<byte[]> later(Call call) {
        if (isClosed()) {
            return CompletableFuture.failedFuture(
                    new UnavailableException(ErrorCode.GATEWAY_UNREACHABLE, "the connection is closed"));
        }
        return client.sendAsync(
                        call.request().timeout(call.timeout()).build(), HttpResponse.BodyHandlers.ofInputStream())
                .handleAsync(
                        (answer, broken) -> {
                            try {
                                if (broken != null) {
                                    throw broken instanceof CompletionException && broken.getCause() != null
                                            ? broken.getCause()
                                            : broken;
                                }
                                return successful(answer);
                            } catch (IOException e) {
                                throw failure(e);
                            } catch (SekishoException e) {
                                throw e;
                            } catch (Throwable e) {
                                throw new IndeterminateException(ErrorCode.OUTCOME_UNKNOWN, "connection broken");
                            }
                        },
                        threads);
    }

    private static byte[] successful(HttpResponse<InputStream> answer) throws IOException {
        byte[] body = body(answer.body());
        if (answer.statusCode() / 100 == 2) {
            return body;
        }
        throw Problem.of(answer.statusCode(), contentType(answer), body, retryAfter(answer));
    }

    /** Opens a stream that the caller reads and closes. */
    InputStream open(Call call) {
        try {
            HttpResponse<InputStream> answer =
                    client.send(call.request().build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw Problem.of(answer.statusCode(), contentType(answer), body(answer.body()), retryAfter(answer));
            }
            return answer.body();
        } catch (IOException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(ErrorCode.GATEWAY_UNREACHABLE, "interrupted");
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits; true when the transport was closed meanwhile. */
    boolean pauseEndedByClose(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends what is under way. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
    }

    private static byte[] body(InputStream in) throws IOException {
        try (in) {
            var out = new ByteArrayOutputStream();
            byte[] block = new byte[16 << 10];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                if (out.size() + n > MAX_ANSWER) {
                    throw new IOException("answer too long");
                }
                out.write(block, 0, n);
            }
            return out.toByteArray();
        }
    }

    private static String contentType(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Math.max(1, Long.parseLong(text))));
    }

    private static SekishoException failure(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
                return new UnavailableException(ErrorCode.GATEWAY_UNREACHABLE, "no connection to the gateway");
            }
        }
        if (refused(e)) {
            // The certificates do not please one of the two: trying again will not change them.
            return new DeniedException(ErrorCode.UNAUTHENTICATED, "TLS handshake refused");
        }
        return new IndeterminateException(ErrorCode.OUTCOME_UNKNOWN, "connection broken");
    }

    /** A handshake that one side refused, by an alert or over a certificate: not one that a gateway's end cut short. */
    private static boolean refused(IOException e) {
        if (!(e instanceof SSLHandshakeException)) {
            return false;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean alert = String.valueOf(cause.getMessage()).contains("fatal alert");
            if (alert || cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }
}
