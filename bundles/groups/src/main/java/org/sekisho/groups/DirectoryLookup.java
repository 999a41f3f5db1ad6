// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups;

import java.util.Optional;
import java.util.function.Function;
import org.sekisho.api.Caller;
import org.sekisho.api.LeafId;
import org.sekisho.api.NotFoundException;
import org.sekisho.api.directory.Directory;
import org.sekisho.api.directory.Participant;

/** The directory as the host asks it. */
record DirectoryLookup(Directory directory) implements Function<LeafId, Optional<Participant>> {

    @Override
    public Optional<Participant> apply(LeafId leaf) {
        try {
            return Optional.of(directory.participant(Caller.GATEWAY, leaf));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }
}
