// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.api;

/** Roles of the access table. Participant: enrolled and not revoked. Member and owner: by the roster of the group concerned. */
public enum Role {
  ANONYMOUS,
  PARTICIPANT,
  MEMBER,
  OWNER,
  ADMIN,
  OPERATOR,
  AUDITOR
}
