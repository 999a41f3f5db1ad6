// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The door of the API listener. Every request, whether it goes to REST, SOAP or an event stream, passes one servlet
 * filter that finds out who calls and refuses who calls too often. Endpoints read the caller from the request and
 * refuse to work when it is not there, so an installation without this bundle serves nobody.
 */
@NullMarked
package org.sekisho.httpaccess;

import org.jspecify.annotations.NullMarked;
