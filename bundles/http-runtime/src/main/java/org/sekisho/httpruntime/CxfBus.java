// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.httpruntime;

import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.wss4j.common.crypto.WSProviderConfig;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The one CXF bus of the gateway, with the XML limits of the configuration on every endpoint.
 *
 * <p>CXF finds its parts through the thread's context class loader, so everything that builds or calls an endpoint
 * runs inside {@link #withOwnClassLoader}.
 */
@Component(service = CxfBus.class, configurationPid = "org.sekisho.httpruntime")
@Designate(ocd = HttpRuntimeConfig.class)
public final class CxfBus {
    private final HttpRuntimeConfig limits;
    private final Bus bus;

    @Activate
    public CxfBus(HttpRuntimeConfig limits) {
        this.limits = limits;
        this.bus = withOwnClassLoader(() -> {
            RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
            Bus created = new CXFBusFactory().createBus(new HashMap<>(), properties(limits));
            created.setId("sekisho");
            BusFactory.setDefaultBus(created);
            return created;
        });
    }

    private static Map<String, Object> properties(HttpRuntimeConfig limits) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(StaxUtils.MAX_ELEMENT_DEPTH, limits.max_xml_depth());
        properties.put(StaxUtils.MAX_ELEMENT_COUNT, (long) limits.max_xml_elements());
        properties.put(StaxUtils.MAX_CHILD_ELEMENTS, limits.max_xml_elements());
        properties.put(StaxUtils.MAX_ATTRIBUTE_COUNT, limits.max_xml_attributes());
        properties.put(StaxUtils.MAX_ATTRIBUTE_SIZE, limits.max_xml_attribute_characters());
        properties.put(StaxUtils.MAX_TEXT_LENGTH, limits.max_xml_text_characters());
        properties.put(StaxUtils.MAX_XML_CHARACTERS, 2 * limits.max_body_bytes());
        properties.put("exceptionMessageCauseEnabled", "false");
        properties.put("faultStackTraceEnabled", "false");
        properties.put(FaultListener.class.getName(), new RefusedQuietly());
        // the same as the default, but without a temporary file that could hold a member's message
        properties.put("bus.io.CachedOutputStream.Threshold", Long.toString(limits.max_attachment_bytes()));
        return properties;
    }

    HttpRuntimeConfig limits() {
        return limits;
    }

    Bus bus() {
        return bus;
    }

    /** Runs {@code work} with CXF's own class loader as context class loader; checked exceptions become unchecked. */
    static <T> T withOwnClassLoader(Callable<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(CxfBus.class.getClassLoader());
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Deactivate
    void shutDown() {
        withOwnClassLoader(() -> {
            bus.shutdown(true);
            // else a JCE provider of this class loader stays behind and breaks signatures after an update
            WSProviderConfig.cleanUp();
            BusFactory.clearDefaultBusForAnyThread(bus);
            return null;
        });
    }
}
