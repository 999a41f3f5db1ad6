// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.group;

import java.util.List;
import org.sekisho.api.Hash;

/**
 * Who may be added. Every non-empty list restricts; all empty admits every certificate the directory holds.
 *
 * @param subjects admitted subject names: RFC 2253 text that the certificate's subject must equal or end with after a comma
 * @param issuers hashes of admitted issuer certificates (DER)
 * @param certificates hashes of admitted certificates (DER)
 */
public record Admission(List<String> subjects, List<Hash> issuers, List<Hash> certificates) {

    /** Most entries of each list. */
    public static final int MAX_ENTRIES = 1000;

    public Admission {
        subjects = List.copyOf(subjects);
        issuers = List.copyOf(issuers);
        certificates = List.copyOf(certificates);
        Limit.atMost(
                "admission entries",
                Math.max(subjects.size(), Math.max(issuers.size(), certificates.size())),
                MAX_ENTRIES);
    }

    public static Admission everybody() {
        return new Admission(List.of(), List.of(), List.of());
    }

    /** The rule itself. The issuer is the hash of the certificate that signed the participant's. */
    public boolean admits(String subject, Hash issuer, Hash certificate) {
        return (subjects.isEmpty() || subjects.stream().anyMatch(s -> subject.equals(s) || subject.endsWith("," + s)))
                && (issuers.isEmpty() || issuers.contains(issuer))
                && (certificates.isEmpty() || certificates.contains(certificate));
    }
}
