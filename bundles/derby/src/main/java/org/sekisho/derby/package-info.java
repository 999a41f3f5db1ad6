// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The embedded database's life: a database is made whole or not at all, and the engine ends with the bundle. */
package org.sekisho.derby;
