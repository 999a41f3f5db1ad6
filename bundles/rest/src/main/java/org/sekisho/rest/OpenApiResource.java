// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.servers.Server;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.osgi.service.component.annotations.Component;

/** The description of these endpoints, made at build time from their code. */
@Component(service = OpenApiResource.class, property = "sekisho.rest.address=/v1")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Sekisho",
                        version = "1",
                        description =
                                "Identifiers are lower-case hexadecimal, octets are base64url without padding, times and"
                                        + " durations are ISO 8601. Errors are application/problem+json (RFC 9457) with a code of"
                                        + " the one catalogue. POST honours Idempotency-Key.",
                        license = @License(name = "Apache-2.0")),
        servers = @Server(url = "/api/v1"))
@Path("/openapi.json")
public final class OpenApiResource {

    private final byte[] document;

    /** Describes what the generator cannot know: how values look as text, and what every error looks like. */
    public OpenApiResource() throws IOException {
        ObjectNode generated = read("/openapi/openapi.json");
        ObjectNode schemas = generated.withObject("/components/schemas");
        schemas.setAll(read("/openapi/values.json"));
        for (JsonNode path : generated.withObject("/paths")) {
            for (JsonNode operation : path) {
                ObjectNode error =
                        ((ObjectNode) operation).withObject("/responses").putObject("default");
                error.put("description", "a declared error");
                error.withObject("/content")
                        .putObject(Problem.MEDIA_TYPE)
                        .putObject("schema")
                        .put("$ref", "#/components/schemas/Problem");
            }
        }
        document = Json.MAPPER.writeValueAsBytes(generated);
    }

    private static ObjectNode read(String resource) throws IOException {
        try (InputStream in = OpenApiResource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("this bundle was built without " + resource);
            }
            return (ObjectNode) Json.MAPPER.readTree(in);
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Hidden
    public byte[] document() {
        return document.clone();
    }
}
