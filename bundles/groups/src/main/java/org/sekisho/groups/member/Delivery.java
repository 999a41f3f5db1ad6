// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groups.member;

/**
 * An event that waits for the application.
 *
 * @param n number within the group; the same when it is handed over again after a crash
 */
public record Delivery(long n, MemberEvent event) {}
