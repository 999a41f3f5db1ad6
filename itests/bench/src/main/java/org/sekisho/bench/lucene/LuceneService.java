// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench.lucene;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Lucene behind the gateway's own REST stack, listener and door. */
@jakarta.ws.rs.Path("/lucene")
public final class LuceneService implements BundleActivator {

    private static final int LIMIT = 20;

    private Optional<ServiceRegistration<?>> registration = Optional.empty();
    private volatile Optional<DirectoryReader> reader = Optional.empty();

    /** Opens an index anew, by its path. */
    @PUT
    @Consumes("text/plain")
    public void open(String path) throws IOException {
        Optional<DirectoryReader> before = reader;
        reader = Optional.of(DirectoryReader.open(FSDirectory.open(java.nio.file.Path.of(path))));
        if (before.isPresent()) {
            before.get().close();
        }
    }

    /** The newest texts with all words, a line each. */
    @POST
    @Consumes("text/plain")
    @Produces("text/plain")
    public String search(String words) throws IOException {
        DirectoryReader now = reader.orElseThrow();
        return String.join("\n", LuceneSearch.texts(now, List.of(words.split(" ")), LIMIT));
    }

    @Override
    public void start(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("sekisho.rest.address", "/bench");
        registration = Optional.of(context.registerService(LuceneService.class, this, properties));
    }

    @Override
    public void stop(BundleContext context) throws IOException {
        registration.ifPresent(ServiceRegistration::unregister);
        if (reader.isPresent()) {
            reader.get().close();
        }
    }
}
