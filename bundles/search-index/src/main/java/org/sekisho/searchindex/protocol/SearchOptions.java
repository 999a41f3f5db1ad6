// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.searchindex.protocol;

/**
 * How much a search may tell and cost.
 *
 * @param searchOld ask the gateway also for segments whose key a removed member knows: then that member and the operator together
 *     learn what is looked for (protocol note R6); else these are searched at home
 * @param unlinkWords ask for each word in a request of its own, in random order
 * @param maxExamined candidates looked at for one page
 */
public record SearchOptions(boolean searchOld, boolean unlinkWords, int maxExamined) {

    public static final SearchOptions DEFAULT = new SearchOptions(false, false, 10_000);
}
