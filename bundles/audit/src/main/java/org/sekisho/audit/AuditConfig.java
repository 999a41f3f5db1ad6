// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.audit;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "Sekisho audit",
        description = "Where and how often the anchors of audit trails are written")
@interface AuditConfig {

    String PID = "org.sekisho.audit";

    @AttributeDefinition(description = "Directory of the anchor file, outside the database; ${karaf.data} is filled in")
    String directory() default "${karaf.data}/audit";

    @AttributeDefinition(
            description = "Longest time a committed record stays without anchor, in milliseconds",
            min = "10")
    long anchor_interval_milliseconds() default 1000;
}
