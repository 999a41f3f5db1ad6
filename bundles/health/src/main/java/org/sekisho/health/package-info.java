// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** Liveness and readiness: which checks answer, and where. The checks' engine is Felix Health Checks. */
package org.sekisho.health;
