// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import jakarta.xml.soap.SOAPElement;
import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPFactory;
import jakarta.xml.soap.SOAPFault;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.util.UUID;
import javax.xml.namespace.QName;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as faults: whose fault it was in the way of the SOAP version, the code of the catalogue in the detail. */
final class Faults {

    static final String NAMESPACE = "urn:sekisho:types:v1";

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private Faults() {}

    static SOAPFaultException of(RuntimeException failure, SoapVersion version) {
        String correlation = UUID.randomUUID().toString();
        if (failure instanceof SekishoException error) {
            LOG.debug("request refused, correlation {}", correlation, failure);
            return fault(error, correlation, version);
        }
        LOG.error("request failed, correlation {}", correlation, failure);
        return fault(
                SekishoException.of(ErrorCode.INTERNAL, "the gateway failed; its log knows the correlation id"),
                correlation,
                version);
    }

    static ErrorCode code(RuntimeException failure) {
        return failure instanceof SekishoException error ? error.code() : ErrorCode.INTERNAL;
    }

    private static SOAPFaultException fault(SekishoException error, String correlation, SoapVersion version) {
        QName code =
                switch (error.code().category()) {
                    case REJECTED, DENIED, NOT_FOUND, CONFLICT -> version.sender();
                    case UNAVAILABLE, INDETERMINATE -> version.receiver();
                };
        try {
            SOAPFault fault = SOAPFactory.newInstance(version.protocol()).createFault(error.getMessage(), code);
            SOAPElement detail = fault.addDetail().addDetailEntry(name("error"));
            detail.addChildElement(name("code")).addTextNode(error.code().name());
            detail.addChildElement(name("correlationId")).addTextNode(correlation);
            if (error instanceof UnavailableException unavailable) {
                long seconds = Math.max(1, unavailable.retryAfter().toSeconds());
                detail.addChildElement(name("retryAfter")).addTextNode(Long.toString(seconds));
            }
            return new SOAPFaultException(fault);
        } catch (SOAPException e) {
            throw new IllegalStateException("a fault that cannot be built", e);
        }
    }

    private static QName name(String local) {
        return new QName(NAMESPACE, local, "t");
    }
}
