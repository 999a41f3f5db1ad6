// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.xml.ws.WebFault;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.util.UUID;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.helpers.DOMUtils;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;
import org.sekisho.api.SekishoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Lets declared faults pass and replaces every other failure: a bad request becomes a client fault with a fixed text,
 * a bug of ours a server fault with a number that finds the log line. No message of a parser or a library goes out.
 */
final class FaultMask extends AbstractPhaseInterceptor<SoapMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(FaultMask.class);
    private static final String ERRORS = "urn:sekisho:types:v1";

    FaultMask() {
        super(Phase.SETUP);
    }

    @Override
    public void handleMessage(SoapMessage message) {
        Exception failure = message.getContent(Exception.class);
        if (failure == null || declared(failure)) {
            return;
        }
        SoapFault masked = mask(message, failure);
        masked.setStackTrace(new StackTraceElement[0]);
        message.setContent(Exception.class, masked);
    }

    static boolean declared(Exception failure) {
        Throwable cause = failure instanceof Fault ? failure.getCause() : failure;
        return cause instanceof SOAPFaultException
                || cause != null && cause.getClass().isAnnotationPresent(WebFault.class);
    }

    private static SoapFault mask(SoapMessage message, Exception failure) {
        String correlation = UUID.randomUUID().toString();
        if (BodyTooLargeException.isCauseOf(failure)) {
            return fault(
                    message,
                    "request body is larger than the limit",
                    message.getVersion().getSender(),
                    ErrorCode.LIMIT_EXCEEDED,
                    correlation);
        }
        SekishoException declared = error(failure);
        if (declared != null) {
            QName whose = declared.code().category() == ErrorCode.Category.UNAVAILABLE
                    ? message.getVersion().getReceiver()
                    : message.getVersion().getSender();
            return fault(message, String.valueOf(declared.getMessage()), whose, declared.code(), correlation);
        }
        if (SoapSecurity.isUnproven(message.getExchange().getInMessage())) {
            LOG.debug("security header refused, correlation {}", correlation, failure);
            return fault(
                    message,
                    String.valueOf(SoapSecurity.refused().getMessage()),
                    message.getVersion().getSender(),
                    ErrorCode.UNAUTHENTICATED,
                    correlation);
        }
        if (RefusedQuietly.isOurs(message.getExchange())) {
            LOG.error("unhandled failure in a SOAP endpoint, correlation {}", correlation, failure);
            return fault(
                    message,
                    "internal error, correlation " + correlation,
                    message.getVersion().getReceiver(),
                    ErrorCode.INTERNAL,
                    correlation);
        }
        LOG.debug("refused SOAP request, correlation {}", correlation, failure);
        return fault(
                message,
                failure.getCause() instanceof XMLStreamException ? "malformed XML" : "request is not acceptable",
                message.getVersion().getSender(),
                ErrorCode.MALFORMED,
                correlation);
    }

    /** What an interceptor of ours declared, if that is it. */
    private static @Nullable SekishoException error(Exception failure) {
        Throwable cause = failure instanceof Fault ? failure.getCause() : failure;
        return cause instanceof SekishoException declared ? declared : null;
    }

    /** A fault with the detail that every declared fault has as well; its code is left in the request, to be counted. */
    private static SoapFault fault(SoapMessage message, String text, QName whose, ErrorCode code, String correlation) {
        Message in = message.getExchange().getInMessage();
        if (in != null && in.get(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request) {
            request.setAttribute(RefusalCounter.REQUEST_ATTRIBUTE, code);
        }
        SoapFault fault = new SoapFault(text, whose);
        Document document = DOMUtils.getEmptyDocument();
        Element detail = document.createElement("detail");
        Element error = (Element) detail.appendChild(document.createElementNS(ERRORS, "t:error"));
        error.appendChild(document.createElementNS(ERRORS, "t:code")).setTextContent(code.name());
        error.appendChild(document.createElementNS(ERRORS, "t:correlationId")).setTextContent(correlation);
        fault.setDetail(detail);
        return fault;
    }
}
