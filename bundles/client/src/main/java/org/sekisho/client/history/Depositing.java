// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.history;

import java.time.Instant;
import org.sekisho.api.messagestore.MessageId;

/** Follows one message into the store. */
public interface Depositing {

    /** Nobody does. */
    Depositing UNWATCHED = new Depositing() {
        @Override
        public void begins(MessageId message, Instant sentAt) {
            // nobody wants to know
        }

        @Override
        public void ends(MessageId message) {
            // nobody wants to know
        }

        @Override
        public void settled(MessageId message, boolean stored) {
            // nobody wants to know
        }
    };

    /** Before the gateway hears of it. Durable on return: from now on the gateway may have it. */
    void begins(MessageId message, Instant sentAt);

    /** The gateway was asked, and what it answered is known if ever now. */
    void ends(MessageId message);

    /** It is known now whether the gateway has a message: this one, or one before it of which that was in doubt. Again: the same. */
    void settled(MessageId message, boolean stored);
}
