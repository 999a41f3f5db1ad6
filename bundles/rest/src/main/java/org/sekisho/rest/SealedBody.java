// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.sekisho.api.Octets;

/** Marks a resource method whose body is one sealed message or envelope and may be as large as these get. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface SealedBody {

    /** Body of a request that carries a signed envelope. */
    record EnvelopeBody(Octets envelope) {}

    /** Body of a request that carries a sealed application message. */
    record MessageBody(Octets message) {}
}
