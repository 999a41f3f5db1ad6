// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import jakarta.xml.soap.SOAPConstants;
import javax.xml.namespace.QName;

/** A version of SOAP: how it says whose fault it was. */
enum SoapVersion {
    SOAP11(SOAPConstants.SOAP_1_1_PROTOCOL, SOAPConstants.URI_NS_SOAP_1_1_ENVELOPE, "Client", "Server"),
    SOAP12(SOAPConstants.SOAP_1_2_PROTOCOL, SOAPConstants.URI_NS_SOAP_1_2_ENVELOPE, "Sender", "Receiver");

    private final String protocol;
    private final QName sender;
    private final QName receiver;

    SoapVersion(String protocol, String namespace, String sender, String receiver) {
        this.protocol = protocol;
        this.sender = new QName(namespace, sender);
        this.receiver = new QName(namespace, receiver);
    }

    String protocol() {
        return protocol;
    }

    QName sender() {
        return sender;
    }

    QName receiver() {
        return receiver;
    }
}
