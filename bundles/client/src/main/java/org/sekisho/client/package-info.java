// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The SDK: a participant's groups in about ten lines ({@link org.sekisho.client.Sekisho}), enrolment ({@link
 * org.sekisho.client.Enrolment}), and the administrator's side ({@link org.sekisho.client.SekishoAdmin}).
 *
 * <p>Everything that comes from the gateway is verified here; everything that leaves is sealed here. Errors are {@link
 * org.sekisho.api.SekishoException}, by what the caller can do.
 */
@Export
@NullMarked
@Version("1.0.0")
package org.sekisho.client;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
