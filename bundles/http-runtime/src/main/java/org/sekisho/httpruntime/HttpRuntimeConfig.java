// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Limits on everything that enters through REST and SOAP. PID {@code org.sekisho.httpruntime}. */
@ObjectClassDefinition(name = "Sekisho HTTP runtime")
public @interface HttpRuntimeConfig {

    @AttributeDefinition(
            description =
                    "largest request body in bytes, an envelope with slices for every member; more is answered 413;"
                            + " REST takes less where no envelope is expected")
    long max_body_bytes() default 6 * 1024 * 1024;

    @AttributeDefinition(
            description = "largest SOAP message in bytes at endpoints that expect no envelopes; more is answered 413")
    long max_soap_body_bytes() default 1024 * 1024;

    @AttributeDefinition(description = "largest body of type application/octet-stream in bytes; more is answered 413")
    long max_attachment_bytes() default 16 * 1024 * 1024;

    @AttributeDefinition(description = "deepest nesting of XML elements")
    int max_xml_depth() default 32;

    @AttributeDefinition(description = "most XML elements in one document")
    int max_xml_elements() default 20_000;

    @AttributeDefinition(description = "most attributes on one XML element")
    int max_xml_attributes() default 64;

    @AttributeDefinition(description = "longest XML attribute value in characters")
    int max_xml_attribute_characters() default 8 * 1024;

    @AttributeDefinition(description = "longest XML text node in characters")
    int max_xml_text_characters() default 6 * 1024 * 1024;
}
