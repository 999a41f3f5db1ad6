// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The real distribution, handled from outside as its users and its enemies would. */
package org.sekisho.blackbox;
