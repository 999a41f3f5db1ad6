// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
/** What Prometheus may know: the process, and how many requests of which kind and outcome. Never who or what. */
package org.sekisho.metrics;
