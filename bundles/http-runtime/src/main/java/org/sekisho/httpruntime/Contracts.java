// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Enumeration;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * The WSDL and schema files of endpoint bundles, as files: what one of them includes from another CXF finds next to a
 * file, but not next to an entry of a bundle.
 */
final class Contracts {
    private Contracts() {}

    /**
     * Gives the URL of the file {@code location} that comes with {@code type}. In a framework the file's whole folder
     * is copied out of the bundle; in plain Java the class loader's own URL will do.
     */
    static String locate(Class<?> type, String location) {
        String name = location.startsWith("/") ? location.substring(1) : location;
        Bundle bundle = FrameworkUtil.getBundle(type);
        Bundle own = FrameworkUtil.getBundle(Contracts.class);
        URL found = bundle == null ? type.getResource("/" + name) : bundle.getEntry(name);
        if (found == null) {
            throw new IllegalArgumentException("no " + location + " comes with " + type);
        }
        if (bundle == null || own == null) {
            return found.toExternalForm();
        }
        File copy = own.getDataFile("contracts/" + bundle.getBundleId() + "-" + bundle.getLastModified());
        try {
            copyFolder(bundle, name.substring(0, name.lastIndexOf('/') + 1), copy.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy.toPath().resolve(name).toUri().toString();
    }

    private static void copyFolder(Bundle bundle, String folder, Path copy) throws IOException {
        Enumeration<URL> entries = bundle.findEntries("/" + folder, "*", false);
        for (URL entry : entries == null ? Collections.<URL>emptyList() : Collections.list(entries)) {
            String path = entry.getPath();
            Path target = copy.resolve(path.startsWith("/") ? path.substring(1) : path);
            if (!path.endsWith("/") && !Files.exists(target)) {
                Files.createDirectories(target.getParent());
                Path half = Files.createTempFile(target.getParent(), "half", null);
                try (InputStream in = entry.openStream()) {
                    Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
