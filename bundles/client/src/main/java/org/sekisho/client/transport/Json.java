// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.client.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.function.Function;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.IndeterminateException;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.MessageId;

/**
 * The JSON form of api records: components by name, identifiers and hashes in hexadecimal, octets in base64url, instants and
 * durations in ISO 8601, an empty optional absent. Unknown members are ignored, so that a newer gateway may say more.
 *
 * <p>Limits: nesting {@value #MAX_DEPTH}; a text at most {@value #MAX_TEXT} characters. Safe for many threads.
 */
public final class Json {

    static final int MAX_DEPTH = 32;
    static final int MAX_TEXT = 16 << 20;

    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    /** Writes {@code value}: a record, a map or a list. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + value.getClass().getName(), e);
        }
    }

    static <T> T read(byte[] json, JavaType type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw unreadable();
            }
            return value;
        } catch (IOException | RuntimeException e) {
            // Whatever the peer sent instead of an answer: the request itself may have been carried out.
            throw unreadable();
        }
    }

    /** Reads a record; an {@link IndeterminateException} when it is not one. */
    public static <T> T read(byte[] json, Class<T> type) {
        return read(json, MAPPER.constructType(type));
    }

    static JavaType type(Class<?> type) {
        return MAPPER.constructType(type);
    }

    /** {@code container<item>}, for example a page of participants. */
    static JavaType type(Class<?> container, Class<?> item) {
        return container == List.class
                ? MAPPER.getTypeFactory().constructCollectionType(List.class, item)
                : MAPPER.getTypeFactory().constructParametricType(container, item);
    }

    private static IndeterminateException unreadable() {
        return new IndeterminateException(ErrorCode.OUTCOME_UNKNOWN, "the gateway's answer is not readable");
    }

    private static ObjectMapper mapper() {
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_TEXT)
                .build();
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(values())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private static SimpleModule values() {
        var module = new SimpleModule("sekisho-values");
        text(module, GroupId.class, GroupId::parse);
        text(module, LeafId.class, LeafId::parse);
        text(module, Hash.class, Hash::parse);
        text(module, MessageId.class, MessageId::parse);
        module.addSerializer(
                Octets.class, new StdDelegatingSerializer(Octets.class, new StdConverter<Octets, String>() {
                    @Override
                    public String convert(Octets value) {
                        return value.base64();
                    }
                }));
        module.addDeserializer(Octets.class, new TextReader<>(Octets.class, Octets::ofBase64));
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new TextReader<>(type, parse));
    }

    /** Reads a value from its text form. */
    private static final class TextReader<T> extends FromStringDeserializer<T> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> parse;

        TextReader(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String value, DeserializationContext context) {
            return parse.apply(value);
        }

        /** The empty text is the empty string of octets; for identifiers their own constructor refuses it. */
        @Override
        protected Object _deserializeFromEmptyString(DeserializationContext context) {
            return parse.apply("");
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parse.apply(parser.getText());
        }
    }
}
