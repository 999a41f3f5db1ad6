// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.console.Session;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RejectedException;

/** Asks before something is done that cannot be undone, or that others feel. */
final class Consent {

    private Consent() {}

    /** Returns when the answer is yes; throws REJECTED otherwise, and so does a console that cannot be asked. */
    static void ask(Session session, boolean given, String question) throws IOException {
        if (given) {
            return;
        }
        String said = session.readLine(question + " Type yes to go on: ", null);
        if (!"yes".equals(said == null ? "" : said.trim())) {
            throw new RejectedException(ErrorCode.MALFORMED, "not confirmed; nothing was done (--yes confirms)");
        }
    }
}
