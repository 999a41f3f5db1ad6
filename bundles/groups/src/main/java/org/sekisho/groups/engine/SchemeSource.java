// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.engine;

import java.util.Optional;
import org.sekisho.api.scheme.GroupKeyScheme;

/** The schemes that are there just now. They come and go while instances run. Safe for many threads. */
@FunctionalInterface
public interface SchemeSource {

    /** The scheme of this id that new calls should use. */
    Optional<GroupKeyScheme> scheme(String id);
}
