// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.directory;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "Sekisho gateway keys",
        description = "Where the gateway keeps its keys. ${karaf.etc}, ${karaf.data} and ${host} are filled in.")
@interface GatewayConfig {

    String PID = "org.sekisho.gateway";

    @AttributeDefinition(description = "The container's configuration directory")
    String etc() default "${karaf.etc}";

    @AttributeDefinition(description = "Directory that gets the one-time password of the administrator")
    String data() default "${karaf.data}";

    @AttributeDefinition(description = "Directory of keys and their passwords, made for its owner only")
    String keys() default "${karaf.etc}/keys";

    @AttributeDefinition(
            description = "Directory of other authorities to trust (.pem, .crt, .cer) and their lists (.crl)")
    String trust() default "${karaf.etc}/trust";

    @AttributeDefinition(
            description = "Pause between two looks at the trust directory, in seconds",
            min = "1",
            max = "3600")
    int trust_seconds() default 30;

    @AttributeDefinition(description = "Refuse certificates of other authorities without a current revocation list")
    boolean revocation_required() default false;

    @AttributeDefinition(description = "DNS names and addresses of the listener's certificate")
    String[] names() default {"localhost", "127.0.0.1", "${host}"};
}
