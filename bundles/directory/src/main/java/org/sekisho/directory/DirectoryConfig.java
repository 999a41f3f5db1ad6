// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Sekisho directory", description = "Enrolment and authentication of participants")
@interface DirectoryConfig {

    String PID = "org.sekisho.directory";

    @AttributeDefinition(description = "Lifetime of issued certificates, in days", min = "1", max = "3650")
    int certificate_days() default 365;

    @AttributeDefinition(description = "Lifetime of a revocation list, in days", min = "1", max = "90")
    int revocation_list_days() default 7;

    @AttributeDefinition(description = "Most invitations that may be open at once", min = "1")
    int open_invitations() default 10_000;

    @AttributeDefinition(
            description = "How long an authentication is remembered, in seconds; a revocation at another gateway of the"
                    + " same database takes effect after this time at the latest, one at this gateway at once",
            min = "1",
            max = "300")
    int authentication_seconds() default 10;
}
