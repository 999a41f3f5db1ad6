// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sekisho.api.Hash;
import org.sekisho.api.Octets;
import org.sekisho.api.RejectedException;
import org.sekisho.audit.protocol.Head;

/**
 * How far each trail had come, in a file of lines {@code scope n hash}, hexadecimal but for the number. New lines are
 * appended and forced to the disk together; of several lines of a scope the one with the greatest number counts. A line
 * torn by a crash is ignored. The file is written anew, and renamed into place, when most of its lines are out of date.
 *
 * <p>Safe for many threads of one process.
 */
final class AnchorFile {

    private static final int SPARE_LINES = 4096;

    private final Path file;
    private final Map<Octets, Head> anchors = new HashMap<>();
    private long lines;

    private AnchorFile(Path file) {
        this.file = file;
    }

    /** Reads the file in {@code directory}, which is made when absent, readable to the owner only. */
    static AnchorFile in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var anchors = new AnchorFile(directory.resolve("anchors"));
        anchors.load();
        return anchors;
    }

    synchronized Optional<Head> anchor(Octets scope) {
        return Optional.ofNullable(anchors.get(scope));
    }

    synchronized Map<Octets, Head> all() {
        return Map.copyOf(anchors);
    }

    /** Durable when it returns. */
    synchronized void move(Map<Octets, Head> moved) throws IOException {
        if (moved.isEmpty()) {
            return;
        }
        write(file, text(moved), CREATE, WRITE, APPEND);
        anchors.putAll(moved);
        lines += moved.size();
        if (lines > 2L * anchors.size() + SPARE_LINES) {
            rewrite();
        }
    }

    private void load() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        String text = Files.readString(file);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        whole.lines().forEach(this::load);
        if (whole.length() < text.length() || lines > anchors.size()) {
            rewrite();
        }
    }

    private void load(String line) {
        lines++;
        String[] fields = line.split(" ");
        try {
            var anchor = new Head(Long.parseLong(fields[1]), Hash.parse(fields[2]));
            anchors.merge(Octets.ofHex(fields[0]), anchor, (a, b) -> a.n() > b.n() ? a : b);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException | RejectedException e) {
            throw new IllegalStateException("line " + lines + " of " + file + " is damaged", e);
        }
    }

    private void rewrite() throws IOException {
        Path fresh = file.resolveSibling("anchors.new");
        write(fresh, text(anchors), CREATE, WRITE, TRUNCATE_EXISTING);
        Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
        lines = anchors.size();
    }

    private static String text(Map<Octets, Head> anchors) {
        var text = new StringBuilder();
        anchors.forEach((scope, head) -> text.append(scope.hex())
                .append(' ')
                .append(head.n())
                .append(' ')
                .append(head.hash())
                .append('\n'));
        return text.toString();
    }

    private static void write(Path path, String text, OpenOption... options) throws IOException {
        try (var channel = FileChannel.open(path, options)) {
            ByteBuffer bytes = UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
