// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "Sekisho groups",
        description = "How the gateway runs the key management schemes of groups")
@interface GroupsConfig {

    String PID = "org.sekisho.groups";

    @AttributeDefinition(
            description =
                    "File of the key that seals the state of schemes; made on the first start for its owner only. "
                            + "Without it no group goes on. ${karaf.etc} and ${karaf.data} are filled in.")
    String store_key_file() default "${karaf.etc}/keys/groups.key";

    @AttributeDefinition(description = "Groups that one participant may found", min = "1")
    int groups_per_participant() default 1_000;

    @AttributeDefinition(description = "Octets of letters that wait in one mailbox", min = "1048576")
    long mailbox_octets() default 64L << 20;

    @AttributeDefinition(description = "Of those, octets of one sender", min = "1048576")
    long mailbox_octets_per_sender() default 16L << 20;

    @AttributeDefinition(description = "Complaints that one member may leave in one group", min = "1")
    int complaints_per_member() default 100;

    @AttributeDefinition(
            description =
                    "Minutes for which a group's log keeps an entry, counted while the gateway is up. Who reads nothing for longer "
                            + "must be removed and invited again.",
            min = "1")
    int log_kept_minutes() default 30 * 24 * 60;

    @AttributeDefinition(description = "Pause between two looks at timers and queues, in milliseconds", min = "10")
    long beat_milliseconds() default 100;

    @AttributeDefinition(
            description =
                    "Pause between two readings of all groups' timers, for gateways that share a database, in seconds",
            min = "1")
    long rebuild_seconds() default 30;
}
