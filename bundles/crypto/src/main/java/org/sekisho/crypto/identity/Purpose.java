// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

/** What a certificate is asked for. */
public enum Purpose {
    /** To authenticate a participant's connection. */
    TLS_CLIENT("1.3.6.1.5.5.7.3.2"),
    /** To authenticate a server's connection. */
    TLS_SERVER("1.3.6.1.5.5.7.3.1"),
    /** To sign, without a connection: the extended key usage is not looked at. */
    SIGNATURE("2.5.29.37.0");

    /** anyExtendedKeyUsage of RFC 5280 section 4.2.1.12. */
    private static final String ANY = "2.5.29.37.0";

    private final String oid;

    Purpose(String oid) {
        this.oid = oid;
    }

    /** Whether an extended key usage allows this purpose. */
    boolean allowedBy(java.util.List<String> extendedKeyUsage) {
        return oid.equals(ANY) || extendedKeyUsage.contains(oid) || extendedKeyUsage.contains(ANY);
    }
}
