// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What a signature may look like, asked before anything is computed: one signature, algorithms of the list only, at most
 * {@value #MAX_REFERENCES} references, each to an element of the same message. And that there is one Body only, so that what
 * is signed is what is served.
 */
final class SignatureShape {

    static final int MAX_REFERENCES = 8;

    private static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";
    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final String ENC = "http://www.w3.org/2001/04/xmlenc#";
    private static final Set<String> ALGORITHMS = Set.of(
            "http://www.w3.org/2001/10/xml-exc-c14n#",
            ENC + "sha256",
            ENC + "sha512",
            MORE + "sha384",
            MORE + "rsa-sha256",
            MORE + "rsa-sha384",
            MORE + "rsa-sha512",
            MORE + "ecdsa-sha256",
            MORE + "ecdsa-sha384",
            MORE + "ecdsa-sha512",
            "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
            "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519");

    private SignatureShape() {}

    static boolean isAccepted(Element security) {
        NodeList references = security.getElementsByTagNameNS(DSIG, "Reference");
        if (security.getElementsByTagNameNS(DSIG, "Signature").getLength() != 1
                || references.getLength() > MAX_REFERENCES) {
            return false;
        }
        for (int i = 0; i < references.getLength(); i++) {
            if (!((Element) references.item(i)).getAttribute("URI").startsWith("#")) {
                return false;
            }
        }
        NodeList all = security.getElementsByTagNameNS(DSIG, "*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute("Algorithm") && !ALGORITHMS.contains(element.getAttribute("Algorithm"))) {
                return false;
            }
        }
        return true;
    }

    static boolean hasOneBody(Document envelope) {
        return envelope.getElementsByTagNameNS("*", "Body").getLength() == 1;
    }
}
