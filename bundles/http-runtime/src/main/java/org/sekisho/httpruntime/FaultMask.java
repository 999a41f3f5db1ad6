// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.xml.ws.WebFault;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.FaultMode;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets declared faults pass and replaces every other failure: a bad request becomes a client fault with a fixed text,
 * a bug of ours a server fault with a number that finds the log line. No message of a parser or a library goes out.
 */
final class FaultMask extends AbstractPhaseInterceptor<SoapMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(FaultMask.class);

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

    private static boolean declared(Exception failure) {
        Throwable cause = failure instanceof Fault ? failure.getCause() : failure;
        return cause instanceof SOAPFaultException
                || cause != null && cause.getClass().isAnnotationPresent(WebFault.class);
    }

    /** Whether the endpoint itself, or the writing of its answer, failed: then the request was not to blame. */
    private static boolean isOurs(Exchange exchange) {
        return exchange.getOutMessage() != null
                || exchange.getInMessage() != null
                        && exchange.getInMessage().get(FaultMode.class) == FaultMode.UNCHECKED_APPLICATION_FAULT;
    }

    private static SoapFault mask(SoapMessage message, Exception failure) {
        if (BodyTooLargeException.isCauseOf(failure)) {
            return new SoapFault(
                    "request body is larger than the limit",
                    message.getVersion().getSender());
        }
        if (isOurs(message.getExchange())) {
            UUID correlation = UUID.randomUUID();
            LOG.error("unhandled failure in a SOAP endpoint, correlation {}", correlation, failure);
            return new SoapFault(
                    "internal error, correlation " + correlation,
                    message.getVersion().getReceiver());
        }
        LOG.debug("refused SOAP request", failure);
        return new SoapFault(
                failure.getCause() instanceof XMLStreamException ? "malformed XML" : "request is not acceptable",
                message.getVersion().getSender());
    }
}
