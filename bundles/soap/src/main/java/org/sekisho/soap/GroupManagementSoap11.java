// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import jakarta.jws.WebService;
import jakarta.xml.ws.BindingType;
import jakarta.xml.ws.soap.SOAPBinding;
import org.osgi.service.component.annotations.Component;

/** {@link GroupManagementEndpoint} in SOAP 1.1. */
@Component(
        service = GroupManagementSoap11.class,
        property = {"sekisho.soap.address=/v1/group-management", "sekisho.soap.envelopes:Boolean=true"})
@WebService(
        targetNamespace = "urn:sekisho:group-management:v1",
        serviceName = "GroupManagementService",
        portName = "GroupManagementSoap11",
        endpointInterface = "org.sekisho.soap.groupmanagement.wire.GroupManagementPort",
        wsdlLocation = "wsdl/group-management.wsdl")
@BindingType(SOAPBinding.SOAP11HTTP_BINDING)
public final class GroupManagementSoap11 extends GroupManagementEndpoint {

    public GroupManagementSoap11() {
        super(SoapVersion.SOAP11);
    }
}
