// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import jakarta.jws.WebService;
import jakarta.xml.ws.BindingType;
import jakarta.xml.ws.soap.SOAPBinding;
import org.osgi.service.component.annotations.Component;

/** {@link MessageStoreEndpoint} in SOAP 1.2. */
@Component(
        service = MessageStoreSoap12.class,
        property = {"sekisho.soap.address=/v1/message-store12", "sekisho.soap.envelopes:Boolean=true"})
@WebService(
        targetNamespace = "urn:sekisho:message-store:v1",
        serviceName = "MessageStoreService",
        portName = "MessageStoreSoap12",
        endpointInterface = "org.sekisho.soap.messagestore.wire.MessageStorePort",
        wsdlLocation = "wsdl/message-store.wsdl")
@BindingType(SOAPBinding.SOAP12HTTP_BINDING)
public final class MessageStoreSoap12 extends MessageStoreEndpoint {

    public MessageStoreSoap12() {
        super(SoapVersion.SOAP12);
    }
}
