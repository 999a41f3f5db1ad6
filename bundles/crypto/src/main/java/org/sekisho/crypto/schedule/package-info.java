// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The key schedule common to all schemes: from one scheme secret per epoch to one type per derived secret.
 *
 * <p>{@link org.sekisho.crypto.schedule.KeySchedule} derives everything an epoch will ever need at once and erases the
 * scheme secret and the epoch secret, so that keeping one derived secret never keeps another.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.crypto.schedule;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
