// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import jakarta.annotation.Resource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.xml.ws.WebServiceContext;
import jakarta.xml.ws.handler.MessageContext;
import java.util.function.Function;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;
import org.sekisho.api.UnavailableException;

/** What all endpoints share: who calls, and how errors become faults. */
abstract class SoapEndpoint {

    private final SoapVersion version;

    @Resource
    private WebServiceContext context;

    SoapEndpoint(SoapVersion version) {
        this.version = version;
    }

    /** Does the work of one message as its caller. Every failure leaves as a fault of the catalogue. */
    final <T> T as(Function<Caller, T> work) {
        try {
            return work.apply(caller());
        } catch (RuntimeException e) {
            if (context.getMessageContext().get(MessageContext.SERVLET_REQUEST) instanceof HttpServletRequest request) {
                request.setAttribute(RefusalCounter.REQUEST_ATTRIBUTE, Faults.code(e));
            }
            throw Faults.of(e, version);
        }
    }

    /** Fails closed: a request that nobody authenticated is not taken for an anonymous one. */
    private Caller caller() {
        if (context.getMessageContext().get(MessageContext.SERVLET_REQUEST) instanceof HttpServletRequest request
                && request.getAttribute(Caller.REQUEST_ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new UnavailableException(ErrorCode.CAPABILITY_ABSENT, "authentication is not there just now");
    }
}
