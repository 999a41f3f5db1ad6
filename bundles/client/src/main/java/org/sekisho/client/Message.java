// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client;

import org.sekisho.api.GroupId;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.groups.member.MemberEvent;

/**
 * A message as its sender wrote it: decrypted, its signature verified, not received before.
 *
 * @param n position in the group's log; the same if it is handed over again after a crash
 * @param content not shown by {@link #toString()}
 */
public record Message(GroupId group, long n, long epoch, LeafId sender, String contentType, Octets content) {

    /** Content type of {@link Group#send(String)}. */
    public static final String TEXT = "text/plain;charset=utf-8";

    static Message of(MemberEvent.Message m) {
        return new Message(m.group(), m.n(), m.epoch(), m.sender(), m.contentType(), m.plaintext());
    }

    /** The content as UTF-8. */
    public String text() {
        return content.asUtf8();
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "Message[" + group + ", " + n + ", " + sender + ", " + content.size() + " octets]";
    }
}
