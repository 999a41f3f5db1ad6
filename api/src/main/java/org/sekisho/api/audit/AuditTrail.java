// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.audit;

import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.Octets;
import org.sekisho.api.store.RowTx;

/** Appends inside the transaction of what is audited: no record, no deed (fail closed). */
@ProviderType
public interface AuditTrail {

    /** Scope of the gateway's own trail. The directory lives in it too, so that its deeds are recorded with them. */
    Octets GATEWAY = Octets.utf8("gateway");

    /** Appends to the chain of the transaction's scope. */
    void append(RowTx tx, AuditEntry entry);
}
