// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpaccess;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who may knock how often. PID {@code org.sekisho.httpaccess}. */
@ObjectClassDefinition(name = "Sekisho HTTP access")
public @interface DoorConfig {

    @AttributeDefinition(description = "requests per second one network address may make in the long run")
    int requests_per_second_per_address() default 2_000;

    @AttributeDefinition(description = "requests per second one authenticated caller may make in the long run")
    int requests_per_second_per_caller() default 1_000;

    @AttributeDefinition(description = "failed log-ins in a row from one network address before it must wait")
    int failed_logins_per_address() default 10;

    @AttributeDefinition(description = "failed log-ins in a row under one user name before that name must wait")
    int failed_logins_per_user() default 30;

    @AttributeDefinition(description = "seconds after which one failed log-in is forgiven")
    int forgive_login_seconds() default 10;

    @AttributeDefinition(description = "addresses, callers and names remembered at once, each")
    int remembered_keys() default 10_000;

    @AttributeDefinition(description = "request headers accepted at most")
    int max_headers() default 100;

    @AttributeDefinition(description = "characters of one request header accepted at most")
    int max_header_characters() default 8 * 1024;

    @AttributeDefinition(description = "realm of the container's user database for administrators")
    String login_realm() default "karaf";

    @AttributeDefinition(description = "whether a password is refused on a connection without TLS")
    boolean password_needs_tls() default true;
}
