// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

import java.util.List;
import org.sekisho.searchindex.text.Document;
import org.sekisho.searchindex.text.Highlight;

/** A message that was looked for, checked on its own text. */
public record Hit(Document document, List<Highlight> highlights) {
    public Hit {
        highlights = List.copyOf(highlights);
    }
}
