// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import jakarta.ws.rs.core.Response;
import org.sekisho.api.groups.Receipt;

/** Receipts as answers: 202 when a message was only kept, else what the method says. */
final class Receipts {

    private Receipts() {}

    static Response ok(Receipt receipt) {
        return answer(receipt, Response.Status.OK);
    }

    static Response created(Receipt receipt) {
        return answer(receipt, Response.Status.CREATED);
    }

    private static Response answer(Receipt receipt, Response.Status otherwise) {
        Response.Status status =
                switch (receipt.state()) {
                    case QUEUED -> Response.Status.ACCEPTED;
                    case DONE, REPEATED -> otherwise;
                };
        return Response.status(status).entity(receipt).build();
    }
}
