// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What a gateway makes for itself when it starts for the first time: authority, server keys, administrator, listener. Every
 * file appears whole or not at all and is made only when it is not there, so a start that was interrupted is completed by
 * the next one.
 */
@NullMarked
package org.sekisho.directory.firststart;

import org.jspecify.annotations.NullMarked;
