// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.audit;

import java.time.Instant;
import org.sekisho.api.Hash;

/**
 * @param n from 1, without gaps
 * @param actor who did it: caller name or leaf
 * @param action what, for example {@code group.create}
 * @param subject on what
 * @param outcome {@code ok} or an error code
 * @param detail never a secret
 * @param hash of this record and, through the chain, of all before
 */
public record AuditRecord(
        long n, Instant at, String actor, String action, String subject, String outcome, String detail, Hash hash) {}
