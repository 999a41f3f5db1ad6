// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.directory;

import org.osgi.annotation.versioning.ConsumerType;
import org.sekisho.api.LeafId;

/** Hears of revocations at this gateway at once, after they are durable. Must not block. */
@ConsumerType
@FunctionalInterface
public interface RevocationListener {

    /** The participant is refused everywhere from now on; what is still open for it ends here. */
    void revoked(LeafId leaf);
}
