// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.itests.karaf;

import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebResult;
import jakarta.jws.WebService;

/** Says what it hears; fails when asked to. */
@WebService(targetNamespace = "urn:sekisho:test", serviceName = "EchoService", portName = "EchoPort")
public class EchoService {
    @WebMethod
    @WebResult(name = "text")
    public String echo(@WebParam(name = "text") String text) {
        return text;
    }

    @WebMethod
    public void fail() {
        throw new IllegalStateException("a message that must not leave the gateway");
    }
}
