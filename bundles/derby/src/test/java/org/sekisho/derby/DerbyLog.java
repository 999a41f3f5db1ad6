// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.derby;

import java.io.OutputStream;

/** Where Derby's own log goes in tests. */
public final class DerbyLog {

    public static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private DerbyLog() {}
}
