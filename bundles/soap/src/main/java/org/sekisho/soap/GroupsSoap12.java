// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import jakarta.jws.WebService;
import jakarta.xml.ws.BindingType;
import jakarta.xml.ws.soap.SOAPBinding;
import org.osgi.service.component.annotations.Component;

/** {@link GroupsEndpoint} in SOAP 1.2. */
@Component(
        service = GroupsSoap12.class,
        property = {"sekisho.soap.address=/v1/groups12", "sekisho.soap.envelopes:Boolean=true"})
@WebService(
        targetNamespace = "urn:sekisho:groups:v1",
        serviceName = "GroupsService",
        portName = "GroupsSoap12",
        endpointInterface = "org.sekisho.soap.groups.wire.GroupsPort",
        wsdlLocation = "wsdl/groups.wsdl")
@BindingType(SOAPBinding.SOAP12HTTP_BINDING)
public final class GroupsSoap12 extends GroupsEndpoint {

    public GroupsSoap12() {
        super(SoapVersion.SOAP12);
    }
}
