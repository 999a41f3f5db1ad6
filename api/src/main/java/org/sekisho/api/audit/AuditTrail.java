// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api.audit;

import org.osgi.annotation.versioning.ProviderType;
import org.sekisho.api.store.RowTx;

/** Appends inside the transaction of what is audited: no record, no deed (fail closed). */
@ProviderType
public interface AuditTrail {

  /** Appends to the chain of the transaction's scope. */
  void append(RowTx tx, AuditEntry entry);
}
