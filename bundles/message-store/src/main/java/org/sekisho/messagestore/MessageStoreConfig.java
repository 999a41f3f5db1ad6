// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
        name = "Sekisho message store",
        description = "Sealed messages, and how their headers follow the epochs")
@interface MessageStoreConfig {

    String PID = "org.sekisho.messagestore";

    @AttributeDefinition(
            description =
                    "Directory of the keys that tokens are sealed with, one file a token, destroyed with it. Outside of the "
                            + "database and of its backups; shared by gateways that share a database. ${karaf.etc} and "
                            + "${karaf.data} are filled in.")
    String token_key_directory() default "${karaf.data}/message-store/token-keys";

    @AttributeDefinition(description = "Longest plaintext of a message, in bytes", min = "1", max = "1073741824")
    long message_bytes() default 64 << 20;

    @AttributeDefinition(
            description = "How long an applied token is kept, so that it can be undone, in seconds",
            min = "0")
    long grace_seconds() default 86_400;

    @AttributeDefinition(
            description =
                    "EAGER turns headers in a job and then destroys the token. LAZY keeps tokens and turns headers at each "
                            + "read: no job, and tokens that can be stolen for ever.",
            options = {@Option("EAGER"), @Option("LAZY")})
    String mode() default "EAGER";

    @AttributeDefinition(description = "Threads that turn headers; 0 for one a core", min = "0", max = "256")
    int threads() default 0;

    @AttributeDefinition(description = "Pause between two looks for jobs, in milliseconds", min = "10")
    long beat_milliseconds() default 200;
}
