// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import java.util.List;
import org.sekisho.api.Operation;

/** The requests of the REST module's own access test, for a test on the real container: a new operation needs one row only. */
public final class RestRoutes {

    private RestRoutes() {}

    /** One request; ids in path and body are those of {@link org.sekisho.api.fake.Samples}. */
    public record Request(Operation operation, String method, String path, String body) {}

    public static List<Request> all() {
        return AccessTableTest.routes()
                .map(r -> new Request(r.operation(), r.method(), r.path(), r.body()))
                .toList();
    }
}
