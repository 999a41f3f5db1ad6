// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Limits of the REST endpoints. PID {@code org.sekisho.rest}. */
@ObjectClassDefinition(name = "Sekisho REST")
public @interface RestConfig {

    @AttributeDefinition(description = "largest request body in bytes where no sealed message is expected")
    int max_body_bytes() default 1024 * 1024;

    @AttributeDefinition(description = "largest request body in bytes where one sealed message or envelope is expected")
    int max_envelope_body_bytes() default 6 * 1024 * 1024;

    @AttributeDefinition(description = "requests of one caller that may wait for news at once")
    int waiting_per_caller() default 32;

    @AttributeDefinition(description = "requests that may wait for news at once")
    int waiting() default 10_000;

    @AttributeDefinition(description = "event streams of one caller open at once")
    int streams_per_caller() default 32;

    @AttributeDefinition(description = "event streams open at once")
    int streams() default 2_000;

    @AttributeDefinition(description = "seconds between two signs of life on an event stream")
    int heartbeat_seconds() default 15;

    @AttributeDefinition(description = "seconds an event stream may stand still with data to send before it is cut")
    int stalled_seconds() default 30;

    @AttributeDefinition(
            description = "seconds after which an event stream ends, so that its reader authenticates again")
    int stream_lifetime_seconds() default 900;

    @AttributeDefinition(description = "hours the answer to a request with an Idempotency-Key is kept")
    int replies_kept_hours() default 24;
}
