// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import java.io.IOException;
import java.util.function.Function;
import org.sekisho.api.GroupId;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.messagestore.MessageId;

/** Identifiers and hashes as lower-case hexadecimal, octets as base64url without padding. */
final class ValuesModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    ValuesModule() {
        super("sekisho-values");
        addText(GroupId.class, GroupId::parse);
        addText(LeafId.class, LeafId::parse);
        addText(Hash.class, Hash::parse);
        addText(MessageId.class, MessageId::parse);
        addSerializer(Octets.class, new OctetsText());
        addDeserializer(Octets.class, new FromText<>(Octets.class, Octets::ofBase64));
    }

    private <T> void addText(Class<T> type, Function<String, T> parse) {
        addSerializer(type, ToStringSerializer.instance);
        addDeserializer(type, new FromText<>(type, parse));
    }

    private static final class OctetsText extends ToStringSerializerBase {

        private static final long serialVersionUID = 1L;

        OctetsText() {
            super(Octets.class);
        }

        @Override
        public String valueToString(Object value) {
            return ((Octets) value).base64();
        }
    }

    /** Takes a JSON string and nothing else. */
    private static final class FromText<T> extends StdScalarDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> parse;

        FromText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw context.wrongTokenException(parser, _valueClass, JsonToken.VALUE_STRING, "a string is expected");
            }
            return parse.apply(parser.getText());
        }
    }
}
