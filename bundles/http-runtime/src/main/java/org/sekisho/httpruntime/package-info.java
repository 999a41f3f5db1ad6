// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The web plumbing of the gateway: one CXF bus, one servlet, and two whiteboards that turn services into endpoints.
 *
 * <p>Endpoint bundles import jakarta.* only. A service with {@code sekisho.rest.address} is served under
 * {@code /api}, one with {@code sekisho.soap.address} under {@code /soap}; both on the listener named {@code api}.
 */
package org.sekisho.httpruntime;
