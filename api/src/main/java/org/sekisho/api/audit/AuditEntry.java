// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.audit;

/** A record to be: number, time and hash come with appending. Texts are cut at 512 characters. */
public record AuditEntry(String actor, String action, String subject, String outcome, String detail) {

    public static AuditEntry ok(String actor, String action, String subject, String detail) {
        return new AuditEntry(actor, action, subject, "ok", detail);
    }
}
