// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * REST under {@code /api/v1}. One class per service of the api; each method translates a request into one call and its
 * result into an answer. Who calls was found out before (see {@link org.sekisho.api.Caller#REQUEST_ATTRIBUTE}); what
 * the caller may do is decided by the service called.
 */
@NullMarked
package org.sekisho.rest;

import org.jspecify.annotations.NullMarked;
