// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.api.Role;
import org.sekisho.api.fake.Samples;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What goes over the wire is what the contract says, and the contract is there to be fetched. */
class MessagesTest {

    private static SoapServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new SoapServer();
        server.gateway.append(Samples.entry(1));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static Stream<AccessTableTest.Route> routes() {
        return AccessTableTest.routes();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void requestAndAnswerAreValidByTheContract(AccessTableTest.Route route) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        Schema schema = factory.newSchema(new Source[] {
            new StreamSource(MessagesTest.class
                    .getResource("/wsdl/" + route.service() + ".xsd")
                    .toExternalForm())
        });
        HttpResponse<String> answer = server.call11(route.service(), route.name(), route.parts(), Role.values());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        schema.newValidator().validate(new DOMSource(content(answer.body())));
        schema.newValidator()
                .validate(new DOMSource(
                        content(SoapServer.envelope(SoapServer.SOAP11, route.service(), route.name(), route.parts()))));
    }

    private static Element content(String envelope) throws Exception {
        var factory = javax.xml.parsers.DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(envelope)));
        return (Element) document.getElementsByTagNameNS(SoapServer.SOAP11, "Body")
                .item(0)
                .getFirstChild();
    }

    @Test
    void valuesAreTheSameTextAsInRest() throws Exception {
        String body = server.call11("directory", "participant", "<leaf>" + Samples.LEAF + "</leaf>", Role.ADMIN)
                .body();
        assertThat(body)
                .containsPattern("leaf>(02){32}</")
                .containsPattern("certificate>-_v7-_v7-w</")
                .containsPattern("enrolledAt>2026-11-21T12:00:00Z</")
                .containsPattern("name>CN=alice,O=\"A &amp; &lt;B(>|&gt;)\"</");
        assertThat(server.call11("groups", "group", "<group>" + Samples.GROUP + "</group>", Role.ADMIN)
                        .body())
                .containsPattern("rn1Interval>PT24H</")
                .containsPattern("state>ACTIVE</");
    }

    @Test
    void argumentsArriveAsTheyWereSent() throws Exception {
        server.call12("directory", "invite", "<subject>CN=é</subject><lifetime>PT90M</lifetime>", Role.ADMIN);
        assertThat(server.gateway.lastCall().arguments()).isEqualTo(List.of("CN=é", Duration.ofMinutes(90)));
        server.call11("audit", "records", "<after>7</after><limit>9</limit>", Role.ADMIN);
        assertThat(server.gateway.lastCall().arguments()).isEqualTo(List.of(Optional.empty(), 7L, 9));
    }

    @Test
    void aMonthIsNoLifetime() throws Exception {
        HttpResponse<String> answer =
                server.call11("directory", "invite", "<subject>CN=a</subject><lifetime>P1M</lifetime>", Role.ADMIN);
        SoapServer.assertFault(answer, "Client", "MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "groups", "group-management", "audit", "search-index"})
    void theContractIsServedWithItsSchemas(String service) throws Exception {
        for (String port : new String[] {service, service + "12"}) {
            HttpResponse<String> wsdl = server.get("/" + port + "?wsdl");
            assertThat(wsdl.statusCode()).isEqualTo(200);
            assertThat(wsdl.body()).contains("urn:sekisho:" + service + ":v1", "/soap/v1/" + port);
            HttpResponse<String> types = server.get("/" + port + "?xsd=types.xsd");
            assertThat(types.statusCode()).isEqualTo(200);
            assertThat(types.body()).contains("LeafId");
        }
    }
}
