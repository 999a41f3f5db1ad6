// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

import java.util.EnumSet;
import java.util.Set;

/**
 * The one access table: which role may do what, for REST, SOAP and console alike. Everything not listed is denied. Services
 * call {@link #demand} first, so no endpoint can forget it; conditions that need a roster ({@link Role#MEMBER}, {@link
 * Role#OWNER}) are checked by the groups service, which adds the role it found.
 */
public enum Operation {
    DIRECTORY_INVITE(Role.ADMIN),
    DIRECTORY_ENROL(Role.ANONYMOUS, Role.PARTICIPANT, Role.ADMIN),
    DIRECTORY_REGISTER(Role.PARTICIPANT),
    DIRECTORY_READ(Role.PARTICIPANT, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    DIRECTORY_LIST(Role.PARTICIPANT, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    DIRECTORY_REVOKE(Role.ADMIN),
    DIRECTORY_GATEWAY(Role.PARTICIPANT, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    DIRECTORY_CRL(Role.ANONYMOUS, Role.PARTICIPANT, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    GROUP_CREATE(Role.PARTICIPANT),
    GROUP_READ(Role.MEMBER, Role.OWNER, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    GROUP_LIST(Role.PARTICIPANT, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    GROUP_CHAIN(Role.PARTICIPANT, Role.AUDITOR),
    GROUP_SUBMIT(Role.MEMBER, Role.OWNER),
    GROUP_POST(Role.MEMBER, Role.OWNER),
    GROUP_LOG(Role.MEMBER, Role.OWNER),
    GROUP_EPOCHS(Role.MEMBER, Role.OWNER, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    MAILBOX_SEND(Role.PARTICIPANT),
    MAILBOX_READ(Role.PARTICIPANT),
    SCHEME_LIST(Role.PARTICIPANT, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    SCHEME_SUSPEND(Role.ADMIN, Role.OPERATOR),
    SCHEME_SWITCH(Role.MEMBER, Role.OWNER),
    SCHEME_SWITCH_ASK(Role.ADMIN, Role.OPERATOR),
    MANAGEMENT_STATUS(Role.MEMBER, Role.OWNER, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    MANAGEMENT_RENEW(Role.MEMBER, Role.OWNER, Role.ADMIN),
    INDEX_SEARCH(Role.MEMBER, Role.OWNER),
    INDEX_WRITE(Role.MEMBER, Role.OWNER),
    INDEX_STATUS(Role.MEMBER, Role.OWNER, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    STORE_DEPOSIT(Role.MEMBER, Role.OWNER),
    STORE_READ(Role.MEMBER, Role.OWNER),
    STORE_STATE(Role.MEMBER, Role.OWNER),
    STORE_STATUS(Role.MEMBER, Role.OWNER, Role.ADMIN, Role.OPERATOR, Role.AUDITOR),
    AUDIT_READ(Role.AUDITOR, Role.ADMIN),
    AUDIT_VERIFY(Role.AUDITOR, Role.ADMIN, Role.OPERATOR);

    private final Set<Role> allowed;

    Operation(Role... roles) {
        allowed = EnumSet.noneOf(Role.class);
        allowed.addAll(Set.of(roles));
    }

    /** A copy of the row of the table. */
    public Set<Role> allowed() {
        return Set.copyOf(allowed);
    }

    /** True when one of {@code roles} may do this. */
    public boolean permits(Set<Role> roles) {
        return roles.stream().anyMatch(allowed::contains);
    }

    /** Throws {@link DeniedException} unless the caller has a role that may do this. */
    public void demand(Caller caller) {
        demand(caller, Set.of());
    }

    /** As {@link #demand(Caller)}, with roles the caller has in the group concerned. */
    public void demand(Caller caller, Set<Role> inGroup) {
        if (permits(caller.roles()) || permits(inGroup)) {
            return;
        }
        boolean anonymous = caller.roles().equals(Set.of(Role.ANONYMOUS));
        throw new DeniedException(
                anonymous ? ErrorCode.UNAUTHENTICATED : ErrorCode.FORBIDDEN, "not allowed: " + name());
    }
}
