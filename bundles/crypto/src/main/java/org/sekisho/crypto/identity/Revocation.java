// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.crypto.identity;

import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.time.Instant;

/** One line of a revocation list. */
public record Revocation(BigInteger serial, Instant at, CRLReason reason) {}
