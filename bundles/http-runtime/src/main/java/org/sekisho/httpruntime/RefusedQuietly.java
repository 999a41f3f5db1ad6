// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.FaultMode;
import org.apache.cxf.message.Message;

/**
 * Keeps CXF from logging a warning with a stack trace for each request that is refused, by which a caller could fill the gateway's
 * disk. {@link FaultMask} and who declares a fault log what is left to say, and every refusal is counted; what nobody expected of
 * ours is logged as ever.
 */
final class RefusedQuietly implements FaultListener {

    @Override
    public boolean faultOccurred(Exception failure, String description, Message message) {
        return !FaultMask.declared(failure) && isOurs(message.getExchange());
    }

    /** Whether the endpoint itself, or the writing of its answer, failed: then the request was not to blame. */
    static boolean isOurs(Exchange exchange) {
        return exchange.getOutMessage() != null
                || exchange.getInMessage() != null
                        && exchange.getInMessage().get(FaultMode.class) == FaultMode.UNCHECKED_APPLICATION_FAULT;
    }
}
