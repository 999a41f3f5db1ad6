// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sekisho.api.GroupId;
import org.sekisho.api.audit.Audit;
import org.sekisho.soap.audit.wire.AuditPort;
import org.sekisho.soap.wire.AuditPage;
import org.sekisho.soap.wire.AuditVerdict;

/** {@link Audit} in SOAP. */
abstract class AuditEndpoint extends SoapEndpoint implements AuditPort {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Nullable volatile Audit audit;

    AuditEndpoint(SoapVersion version) {
        super(version);
    }

    @Override
    public AuditPage records(@Nullable String group, long after, @Nullable Integer limit) {
        return as(caller -> Beans.of(
                AuditPage.class,
                audit().records(caller, trail(group), Arguments.position(after), Arguments.limit(limit))));
    }

    @Override
    public AuditVerdict verify(@Nullable String group) {
        return as(caller -> Beans.of(AuditVerdict.class, audit().verify(caller, trail(group))));
    }

    private static Optional<GroupId> trail(@Nullable String group) {
        return Optional.ofNullable(group).map(GroupId::parse);
    }

    private Audit audit() {
        return Present.require(audit, "the audit trail");
    }
}
