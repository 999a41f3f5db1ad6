// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import jakarta.jws.WebService;
import jakarta.xml.ws.BindingType;
import jakarta.xml.ws.soap.SOAPBinding;
import org.osgi.service.component.annotations.Component;

/** {@link SearchIndexEndpoint} in SOAP 1.2. */
@Component(service = SearchIndexSoap12.class, property = "sekisho.soap.address=/v1/search-index12")
@WebService(
        targetNamespace = "urn:sekisho:search-index:v1",
        serviceName = "SearchIndexService",
        portName = "SearchIndexSoap12",
        endpointInterface = "org.sekisho.soap.searchindex.wire.SearchIndexPort",
        wsdlLocation = "wsdl/search-index.wsdl")
@BindingType(SOAPBinding.SOAP12HTTP_BINDING)
public final class SearchIndexSoap12 extends SearchIndexEndpoint {

    public SearchIndexSoap12() {
        super(SoapVersion.SOAP12);
    }
}
