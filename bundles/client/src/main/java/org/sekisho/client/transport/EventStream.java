// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Registration;
import org.sekisho.api.SekishoException;

/**
 * Server-sent events, each with one value as JSON; comments are heartbeats. An event {@code error} ends the stream and says why. One
 * thread per stream; whoever opened it notices silence.
 */
final class EventStream<T> implements Registration {

    /** Longest line in bytes. */
    private static final int MAX_LINE = Json.MAX_TEXT;

    private final InputStream in;
    private final Class<T> type;
    private final Consumer<Optional<T>> onEntry;
    private final Consumer<Optional<SekishoException>> onEnd;
    private volatile boolean ended;

    private EventStream(
            InputStream in, Class<T> type, Consumer<Optional<T>> onEntry, Consumer<Optional<SekishoException>> onEnd) {
        this.in = in;
        this.type = type;
        this.onEntry = onEntry;
        this.onEnd = onEnd;
    }

    /** @param path below {@code /events}, with its parameters */
    static <T> EventStream<T> open(
            HttpTransport transport,
            String path,
            Class<T> type,
            Consumer<Optional<T>> onEntry,
            Consumer<Optional<SekishoException>> onEnd) {
        var call = transport.get("/events" + path).header("Accept", "text/event-stream");
        var stream = new EventStream<>(transport.open(call), type, onEntry, onEnd);
        var reader = new Thread(stream::pump, "sekisho-events");
        reader.setDaemon(true);
        reader.start();
        return stream;
    }

    @Override
    public void close() {
        ended = true;
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pump() {
        var data = new StringBuilder();
        boolean refused = false;
        Optional<SekishoException> why = Optional.empty();
        try (var lines = new BufferedInputStream(in, 16 << 10)) {
            for (String line = line(lines); line != null && !ended; line = line(lines)) {
                if (line.startsWith("event:")) {
                    refused = line.substring(6).strip().equals("error");
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                } else if (line.startsWith(":")) {
                    onEntry.accept(Optional.empty());
                } else if (line.isEmpty() && !data.isEmpty()) {
                    byte[] event = data.toString().getBytes(UTF_8);
                    data.setLength(0);
                    if (refused) {
                        why = Optional.of(Json.read(event, Problem.class).exception());
                        break;
                    }
                    onEntry.accept(Optional.of(Json.read(event, type)));
                }
                if (data.length() > MAX_LINE) {
                    break;
                }
            }
        } catch (IOException | SekishoException broken) {
            // the end of the stream, whatever ended it: the reader opens another one
            ended = true;
        }
        onEnd.accept(why);
    }

    /** Null at the end. */
    private static @Nullable String line(InputStream in) throws IOException {
        var out = new ByteArrayOutputStream(256);
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return out.toString(UTF_8).stripTrailing();
            }
            if (out.size() >= MAX_LINE) {
                throw new IOException("event too long");
            }
            out.write(b);
        }
        return null;
    }
}
