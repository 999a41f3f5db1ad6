// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Counts what the gateway refuses, by the way it came and by code; never by whom. Interfaces that answer HTTP requests leave the
 * code in the request ({@link #REQUEST_ATTRIBUTE}), where it is counted once; the others count here. Does not block; safe for
 * many threads.
 */
@ProviderType
public interface RefusalCounter {

    /** Attribute of an HTTP request with the {@link ErrorCode} it was answered with. */
    String REQUEST_ATTRIBUTE = "org.sekisho.refusal";

    /** The way something came that was refused without an HTTP answer. */
    enum Via {
        CONSOLE,
        /** A queued event that its scheme refused. */
        ENGINE
    }

    void refused(Via via, ErrorCode code);

    /** An event broke its scheme and was set aside, or stopped its group. */
    void poisoned();
}
