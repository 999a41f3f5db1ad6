// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import jakarta.jws.WebService;
import jakarta.xml.ws.BindingType;
import jakarta.xml.ws.soap.SOAPBinding;
import org.osgi.service.component.annotations.Component;

/** {@link DirectoryEndpoint} in SOAP 1.2. */
@Component(service = DirectorySoap12.class, property = "sekisho.soap.address=/v1/directory12")
@WebService(
        targetNamespace = "urn:sekisho:directory:v1",
        serviceName = "DirectoryService",
        portName = "DirectorySoap12",
        endpointInterface = "org.sekisho.soap.directory.wire.DirectoryPort",
        wsdlLocation = "wsdl/directory.wsdl")
@BindingType(SOAPBinding.SOAP12HTTP_BINDING)
public final class DirectorySoap12 extends DirectoryEndpoint {

    public DirectorySoap12() {
        super(SoapVersion.SOAP12);
    }
}
