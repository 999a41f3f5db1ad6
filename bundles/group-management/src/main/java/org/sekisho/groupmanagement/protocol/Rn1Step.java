// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import org.sekisho.api.Hash;

/**
 * One step of RN1 that no committed epoch uses yet.
 *
 * @param gen the generation it leads to
 * @param rosterHash the roster it belongs to
 * @param rotation a fresh RN1; else the public one-way step
 * @param hash what the transcript names it by
 * @param removes the roster drops a leaf or replaces its keys
 */
record Rn1Step(long gen, Hash rosterHash, boolean rotation, Hash hash, boolean removes) {}
