// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.util.List;

/** A group of figures that are measured together. */
interface Benchmark {

    /** What the launcher calls it. */
    String name();

    List<Figure> run() throws Exception;
}
