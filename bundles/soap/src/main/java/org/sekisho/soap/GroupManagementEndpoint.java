// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.groupmanagement.GroupManagement;
import org.sekisho.soap.groupmanagement.wire.GroupManagementPort;
import org.sekisho.soap.wire.ManagementStatus;
import org.sekisho.soap.wire.Receipt;

/** {@link GroupManagement} in SOAP. */
abstract class GroupManagementEndpoint extends SoapEndpoint implements GroupManagementPort {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile GroupManagement management;

    GroupManagementEndpoint(SoapVersion version) {
        super(version);
    }

    @Override
    public Receipt relay(String leaf, String envelope) {
        return as(caller -> Beans.of(
                Receipt.class,
                management().relay(caller, LeafId.parse(Arguments.text(leaf)), Arguments.octets(envelope))));
    }

    @Override
    public Receipt memberNotification(String group, String envelope) {
        return as(caller -> Beans.of(
                Receipt.class, management().memberNotification(caller, id(group), Arguments.octets(envelope))));
    }

    @Override
    public Receipt renew(String group) {
        return as(caller -> Beans.of(Receipt.class, management().renew(caller, id(group))));
    }

    @Override
    public ManagementStatus status(String group) {
        return as(caller -> Beans.of(ManagementStatus.class, management().status(caller, id(group))));
    }

    private static GroupId id(String group) {
        return GroupId.parse(Arguments.text(group));
    }

    private GroupManagement management() {
        return Present.require(management, "group management");
    }
}
