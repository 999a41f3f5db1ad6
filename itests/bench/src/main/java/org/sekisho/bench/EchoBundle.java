// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.lucene.search.IndexSearcher;
import org.sekisho.bench.lucene.LuceneSearch;

/** Makes bundles of baselines, since the benchmark's own jar is none. */
final class EchoBundle {

    // by name: what they need is in the container, not here
    private static final String ECHO = "org.sekisho.bench.echo.Echo";
    private static final String LUCENE = "org.sekisho.bench.lucene.LuceneService";

    private EchoBundle() {}

    /** The echo. */
    static Path write(Path file) throws IOException {
        return write(file, List.of(ECHO), List.of());
    }

    /** The service of Lucene, with Lucene inside. */
    static Path writeLucene(Path file) throws IOException, URISyntaxException {
        Path lucene = Path.of(IndexSearcher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return write(file, List.of(LUCENE, LuceneSearch.class.getName()), List.of(lucene));
    }

    /** The first of the classes is the activator. */
    private static Path write(Path file, List<String> classes, List<Path> inside) throws IOException {
        String activator = classes.get(0);
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", activator.substring(0, activator.lastIndexOf('.')));
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Bundle-Activator", activator);
        main.putValue("Import-Package", "org.osgi.framework,jakarta.ws.rs");
        main.putValue("DynamicImport-Package", "*");
        StringBuilder path = new StringBuilder(".");
        inside.forEach(jar -> path.append(',').append(jar.getFileName()));
        main.putValue("Bundle-ClassPath", path.toString());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (String type : classes) {
                String name = type.replace('.', '/') + ".class";
                try (InputStream code = EchoBundle.class.getClassLoader().getResourceAsStream(name)) {
                    jar.putNextEntry(new ZipEntry(name));
                    code.transferTo(jar);
                    jar.closeEntry();
                }
            }
            for (Path other : inside) {
                jar.putNextEntry(new ZipEntry(other.getFileName().toString()));
                Files.copy(other, jar);
                jar.closeEntry();
            }
        }
        return file;
    }
}
