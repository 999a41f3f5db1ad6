// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The registry of envelope types: every string constant of our classes that has the form of one. */
final class MessageTypes {

    private static final Pattern TYPE = Pattern.compile("(host|member|rn12|dmkd)/[a-z0-9]+(-[a-z0-9]+)*");
    private static final int UTF8 = 1;

    private MessageTypes() {}

    /** Types named by the classes of this test's class path. */
    static Set<String> all() throws IOException {
        Set<String> types = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (entry.endsWith(".jar") && path.getFileName().toString().startsWith("sekisho-")) {
                try (ZipFile zip = new ZipFile(path.toFile())) {
                    for (var file : zip.stream()
                            .filter(e -> e.getName().endsWith(".class"))
                            .toList()) {
                        try (InputStream in = zip.getInputStream(file)) {
                            scan(in, types);
                        }
                    }
                }
            } else if (Files.isDirectory(path) && path.endsWith(Path.of("target", "classes"))) {
                try (Stream<Path> walk = Files.walk(path)) {
                    for (Path file :
                            walk.filter(f -> f.toString().endsWith(".class")).toList()) {
                        try (InputStream in = Files.newInputStream(file)) {
                            scan(in, types);
                        }
                    }
                }
            }
        }
        return types;
    }

    /** Reads the constants of one class file (JVMS 4.4). */
    private static void scan(InputStream in, Set<String> types) throws IOException {
        DataInputStream data = new DataInputStream(new java.io.BufferedInputStream(in));
        data.skipNBytes(8);
        int count = data.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = data.readUnsignedByte();
            switch (tag) {
                case UTF8 -> {
                    String text = data.readUTF();
                    if (TYPE.matcher(text).matches()) {
                        types.add(text);
                    }
                }
                case 5, 6 -> {
                    data.skipNBytes(8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> data.skipNBytes(2);
                case 15 -> data.skipNBytes(3);
                default -> data.skipNBytes(4);
            }
        }
    }
}
