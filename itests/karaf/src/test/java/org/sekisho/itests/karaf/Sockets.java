// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.itests.karaf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The listening sockets of this process, as the kernel lists them. */
final class Sockets {
    private static final String LISTEN = "0A";
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F");

    private Sockets() {}

    /** Addresses as hexadecimal {@code address:port} of the kernel's table. */
    static List<String> ownListeners() throws IOException {
        Set<String> mine = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                inode(descriptor, mine);
            }
        }
        List<String> listeners = new ArrayList<>();
        for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.trim().split("\\s+");
                if (columns[3].equals(LISTEN) && mine.contains(columns[9])) {
                    listeners.add(columns[1]);
                }
            }
        }
        return listeners;
    }

    private static void inode(Path descriptor, Set<String> inodes) throws IOException {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            if (target.startsWith("socket:[")) {
                inodes.add(target.substring("socket:[".length(), target.length() - 1));
            }
        } catch (NoSuchFileException closedMeanwhile) {
            // the listing itself was such a descriptor
        }
    }

    static boolean isLoopback(String listener) {
        return LOOPBACK.contains(listener.substring(0, listener.indexOf(':')));
    }
}
