// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "Sekisho key derivation",
        description = "How long the server of the key-derivation scheme waits; the members need none of this")
@interface KeyDerivationConfig {

    String PID = "org.sekisho.keyderivation";

    @AttributeDefinition(
            description = "Pause after the last message of a round before it is over, in milliseconds",
            min = "100")
    long quiet_milliseconds() default 5_000;

    @AttributeDefinition(description = "Longest round, in milliseconds; at least the pause", min = "100")
    long round_milliseconds() default 20_000;

    @AttributeDefinition(
            description = "How long who left a round half done, or lied, is not asked again, in seconds",
            min = "0")
    long flaky_seconds() default 600;

    @AttributeDefinition(
            description =
                    "Longest time between two full distributions, in seconds; a group's rn1Interval may be shorter",
            min = "1")
    long refresh_seconds() default 86_400;

    @AttributeDefinition(description = "Most epochs between two full distributions", min = "1")
    int refresh_epochs() default 50;
}
