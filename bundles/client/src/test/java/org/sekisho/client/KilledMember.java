// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A member in a process of its own that writes down what it hears, until it is killed. */
final class KilledMember {

    private KilledMember() {}

    public static void main(String[] args) throws Exception {
        FileChannel journal = FileChannel.open(
                Path.of(args[3]), StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
        SekishoOptions patient = SekishoOptions.DEFAULTS.withPatience(Duration.ofSeconds(90));
        Sekisho sekisho = Sekisho.connect(
                URI.create(args[0]), Path.of(args[1]), args[4].toCharArray(), Path.of(args[2]), patient);
        sekisho.groups().forEach(group -> group.onMessage(m -> write(journal, m)));
        sekisho.onInvitation(i -> i.accept().onMessage(m -> write(journal, m)));
        new CountDownLatch(1).await();
    }

    private static void write(FileChannel journal, Message m) {
        try {
            journal.write(ByteBuffer.wrap((m.n() + " " + m.text() + "\n").getBytes(StandardCharsets.UTF_8)));
            journal.force(true);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
