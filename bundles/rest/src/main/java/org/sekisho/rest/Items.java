// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import java.util.List;

/** A list as the body of an answer. */
record Items<T>(List<T> items) {

    Items {
        items = List.copyOf(items);
    }
}
