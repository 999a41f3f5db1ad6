// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import jakarta.jws.WebService;
import jakarta.xml.ws.BindingType;
import jakarta.xml.ws.soap.SOAPBinding;
import org.osgi.service.component.annotations.Component;

/** {@link AuditEndpoint} in SOAP 1.1. */
@Component(service = AuditSoap11.class, property = "sekisho.soap.address=/v1/audit")
@WebService(
        targetNamespace = "urn:sekisho:audit:v1",
        serviceName = "AuditService",
        portName = "AuditSoap11",
        endpointInterface = "org.sekisho.soap.audit.wire.AuditPort",
        wsdlLocation = "wsdl/audit.wsdl")
@BindingType(SOAPBinding.SOAP11HTTP_BINDING)
public final class AuditSoap11 extends AuditEndpoint {

    public AuditSoap11() {
        super(SoapVersion.SOAP11);
    }
}
