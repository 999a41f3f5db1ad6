// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sekisho.api.fake.Samples;

/** Answers as people and programs read them. */
class RenderingTest {

    /** Everything a value can hold. */
    record Sample(
            String text, long n, boolean yes, Optional<String> there, Optional<String> absent, List<Object> more) {}

    @Test
    void jsonHasTheShapeOfRest() {
        Sample sample = new Sample(
                "a\"b\\c\n\u001b[31mé",
                5,
                true,
                Optional.of("x"),
                Optional.empty(),
                List.of(Samples.GROUP, Samples.BYTES, Samples.AT, Map.of("k", 1)));
        assertThat(JsonText.of(sample))
                .isEqualTo(
                        "{\"text\":\"a\\\"b\\\\c\\u000a\\u001b[31mé\",\"n\":5,\"yes\":true,\"there\":\"x\",\"more\":[\""
                                + Samples.GROUP + "\",\"-_v7-_v7-w\",\"2026-11-21T12:00:00Z\",{\"k\":1}]}");
    }

    @Test
    void textOfOthersDoesNotSteerTheTerminal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Answer.table("", "name")
                .row("\u001b[2Jalice\r\nroot")
                .print(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("?[2Jalice??root")
                .doesNotContain("\u001b[2J");
    }

    @Test
    void anEmptyTableSaysSo() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Answer.table(List.of(), "name").print(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("nothing");
    }
}
