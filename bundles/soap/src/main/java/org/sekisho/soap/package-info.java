// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * SOAP under {@code /soap/v1}, contract first: the WSDL of the api, in SOAP 1.1 and 1.2. One class per service, with a
 * thin one per version; each method translates a message into one call and its result into a message. Generated types
 * stay in here. Who calls was found out before (see {@link org.sekisho.api.Caller#REQUEST_ATTRIBUTE}).
 */
@NullMarked
package org.sekisho.soap;

import org.jspecify.annotations.NullMarked;
