// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.soap;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.MessageId;

/**
 * Fills generated types from records of the api: properties have the names of the components, identifiers and octets are
 * text, what is empty is left out. A component without a property is a mistake in the contract and fails loudly.
 */
final class Beans {

    private static final DatatypeFactory XML = xml();

    private Beans() {}

    private static DatatypeFactory xml() {
        try {
            return DatatypeFactory.newInstance();
        } catch (DatatypeConfigurationException e) {
            throw new IllegalStateException("every JDK has XML data types", e);
        }
    }

    static <T> List<T> all(Class<T> type, Collection<? extends Record> records) {
        return records.stream().map(record -> of(type, record)).toList();
    }

    static <T> T of(Class<T> type, Record record) {
        try {
            T bean = type.getDeclaredConstructor().newInstance();
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                set(bean, component.getName(), component.getAccessor().invoke(record));
            }
            return bean;
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException(type.getSimpleName() + " does not fit " + record.getClass(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void set(Object bean, String name, Object value)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        String property = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                set(bean, name, optional.get());
            }
        } else if (value instanceof Set<?> set) {
            set(bean, name, set.stream().sorted().toList());
        } else if (value instanceof List<?> items) {
            Method getter = bean.getClass().getMethod("get" + property);
            Class<?> type = (Class<?>) ((ParameterizedType) getter.getGenericReturnType()).getActualTypeArguments()[0];
            List<Object> target = (List<Object>) getter.invoke(bean);
            items.forEach(item -> target.add(value(type, item)));
        } else {
            Method setter = Arrays.stream(bean.getClass().getMethods())
                    .filter(method -> method.getName().equals("set" + property))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchMethodException("set" + property));
            setter.invoke(bean, value(setter.getParameterTypes()[0], value));
        }
    }

    static Object value(Class<?> type, Object value) {
        if (value instanceof Octets octets) {
            return octets.base64();
        }
        if (value instanceof GroupId
                || value instanceof LeafId
                || value instanceof Hash
                || value instanceof MessageId) {
            return value.toString();
        }
        if (value instanceof Instant instant) {
            return XML.newXMLGregorianCalendar(instant.toString());
        }
        if (value instanceof Duration duration) {
            return XML.newDuration(duration.toString());
        }
        if (value instanceof Enum<?> constant) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(candidate -> sameConstant((Enum<?>) candidate, constant))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the contract does not know " + constant));
        }
        return value instanceof Record record ? of(type, record) : value;
    }

    /** The generator writes O1_PASSIVE_JOIN as O_1_PASSIVE_JOIN. */
    private static boolean sameConstant(Enum<?> ofWire, Enum<?> ofService) {
        return ofWire.name().replace("_", "").equals(ofService.name().replace("_", ""));
    }
}
