// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.messagestore.MessageId;
import org.sekisho.api.messagestore.MessageMeta;
import org.sekisho.api.messagestore.StoredMessage;

/**
 * Opens messages by their identifiers, one after the other; what it verifies them with is read once, with the first. Close it. One
 * thread.
 */
public final class Finder implements AutoCloseable {

    private final Supplier<StoreReader> open;
    private final Source source;
    private Optional<StoreReader> reader = Optional.empty();

    /** Where a message comes from. */
    interface Source {
        StoredMessage message(MessageId message);
    }

    Finder(Supplier<StoreReader> open, Source source) {
        this.open = open;
        this.source = source;
    }

    /**
     * What can be said of a message; empty when it is not there, or of a time this member may not read.
     *
     * @param wanted whether its content is to be read; asked at most once, and only of what opens
     */
    public Optional<HistoryEntry> find(MessageId message, Predicate<MessageMeta> wanted) {
        StoredMessage found;
        try {
            found = source.message(message);
        } catch (NotFoundException e) {
            return Optional.empty();
        }
        if (reader.isEmpty()) {
            reader = Optional.of(open.get());
        }
        return Optional.of(reader.get().read(found, wanted));
    }

    @Override
    public void close() {
        reader.ifPresent(StoreReader::close);
    }
}
