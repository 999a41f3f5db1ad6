// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** The key-derivation scheme as a component. */
@NullMarked
package org.sekisho.keyderivation;

import org.jspecify.annotations.NullMarked;
