// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import java.util.List;
import org.sekisho.api.Operation;

/** The messages of the SOAP module's own access test, for a test on the real container: a new operation needs one row only. */
public final class SoapRoutes {

    private SoapRoutes() {}

    /** One message; ids in its parts are those of {@link org.sekisho.api.fake.Samples}. */
    public record Message(Operation operation, String service, String name, String parts) {}

    public static List<Message> all() {
        return AccessTableTest.routes()
                .map(r -> new Message(r.operation(), r.service(), r.name(), r.parts()))
                .toList();
    }
}
