// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.itests.karaf;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

/** Says what it hears; fails when asked to. */
@Path("/")
@Produces("text/plain")
public class EchoResource {
    @GET
    @Path("words/{word}")
    public String word(@PathParam("word") String word) {
        return word;
    }

    @POST
    @Path("words")
    @Consumes({"text/plain", "application/octet-stream"})
    public String length(byte[] words) {
        return Integer.toString(words.length);
    }

    @GET
    @Path("fail")
    public String fail() {
        throw new IllegalStateException("a message that must not leave the gateway");
    }
}
