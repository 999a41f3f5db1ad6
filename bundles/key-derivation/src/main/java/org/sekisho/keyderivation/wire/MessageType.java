// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.keyderivation.wire;

/** Envelope types of the scheme; docs/protocols/0035 section 4. */
public final class MessageType {

    /** What all types of this scheme begin with. */
    public static final String PREFIX = "dmkd/";

    /** Server to everyone: {@link Start}. */
    public static final String START = PREFIX + "start";

    /** Member to server: {@link Indexed} of {@link Commitment}. */
    public static final String ROUND_1 = PREFIX + "1";

    /** Server to everyone: {@link Neighbours}. */
    public static final String ROUND_1_DONE = PREFIX + "2";

    /** Member to server: {@link Indexed} of {@link Opening}. */
    public static final String ROUND_2 = PREFIX + "3";

    /** Server to everyone: {@link Distribution}. */
    public static final String KEYS = PREFIX + "4";

    /** Member to server: {@link Confirmation}. */
    public static final String CONFIRM = PREFIX + "5";

    /** Server to everyone: {@link Start} with K1 in the slices. */
    public static final String UPDATE = PREFIX + "update";

    /** Server to everyone: {@link CommitHint}. */
    public static final String COMMIT = PREFIX + "commit";

    /** Member to server: {@link Complaint}. */
    public static final String COMPLAINT = PREFIX + "complaint";

    /** Member to server: {@link Prekeys}. */
    public static final String PREKEYS = PREFIX + "prekeys";

    /** Server to one leaf: {@link Absent}. */
    public static final String ABSENT = PREFIX + "absent";

    /** Member to server: {@link Welcomes}. */
    public static final String WELCOMES = PREFIX + "welcomes";

    /** Server to one leaf: {@link Welcome}. */
    public static final String WELCOME = PREFIX + "welcome";

    /** Member to server: {@link Wish}. */
    public static final String WISH = PREFIX + "wish";

    private MessageType() {}
}
