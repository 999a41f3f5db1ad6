// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.audit;

/**
 * @param intact true when every record, the head and the anchor agree
 * @param records how many were read
 * @param problem what is wrong first; empty when intact
 */
public record AuditVerdict(boolean intact, long records, String problem) {}
