// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * docs/validation.md names, for every check, the class that enforces it and the tests that show it. Here the document is held
 * against the sources: what it names exists, numbers do not repeat, no promise is left out.
 */
class ValidationTest {

    private static final Path ROOT = root();
    private static final Pattern CHECK = Pattern.compile("\\| ([A-Z]{2,4}-\\d+) \\|.*");
    private static final Pattern PROMISE = Pattern.compile("\\| (P\\d+) \\|.*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST = Pattern.compile("(?:([\\w-]+)/)?(\\w+)#(\\w+)");
    private static final Pattern METHOD =
            Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|FuzzTest|TestFactory)\\b");
    private static final int CELLS = 5;
    private static final int PROMISES = 14;

    private static List<String> document;
    private static Map<String, List<Source>> mainClasses;
    private static Map<String, List<Source>> testClasses;

    private record Source(String path, String text) {}

    @BeforeAll
    static void read() throws IOException {
        document = Files.readAllLines(ROOT.resolve("docs/validation.md"));
        mainClasses = sources("/src/main/java/");
        testClasses = sources("/src/test/java/");
        // shared contracts are tests too, run by the modules that inherit them
        for (String shared : List.of("/itests/testkit/src/main/java/", "/itests/simulator/src/main/java/")) {
            sources(shared).forEach((name, found) -> testClasses
                    .computeIfAbsent(name, n -> new ArrayList<>())
                    .addAll(found));
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        return here;
    }

    /** Texts of the sources below {@code part}, by simple name; a name may occur in several modules. */
    private static Map<String, List<Source>> sources(String part) throws IOException {
        Map<String, List<Source>> byName = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(f -> isSource(path(f), part)).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                byName.computeIfAbsent(name, n -> new ArrayList<>()).add(new Source(path(file), text(file)));
            }
        }
        return byName;
    }

    private static String path(Path file) {
        return "/" + ROOT.relativize(file).toString().replace('\\', '/');
    }

    private static boolean isSource(String path, String part) {
        return path.endsWith(".java") && path.contains(part) && !path.contains("/target/");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<List<String>> rows(Pattern kind) {
        return document.stream()
                .filter(line -> kind.matcher(line).matches())
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::trim)
                        .toList())
                .toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(m -> m.group(1)).toList();
    }

    @Test
    void numbersDoNotRepeat() {
        Map<String, Long> seen =
                rows(CHECK).stream().collect(Collectors.groupingBy(row -> row.get(0), Collectors.counting()));
        assertThat(seen).isNotEmpty();
        assertThat(seen.values()).containsOnly(1L);
    }

    @Test
    void everyPromiseHasItsRow() {
        List<String> expected =
                Stream.iterate(1, n -> n + 1).limit(PROMISES).map(n -> "P" + n).toList();
        assertThat(rows(PROMISE)).extracting(row -> row.get(0)).containsExactlyElementsOf(expected);
    }

    @TestFactory
    Stream<DynamicTest> everyCheckHasAClassAndATest() {
        return rows(CHECK).stream().map(row -> dynamicTest(row.get(0), () -> holds(row)));
    }

    @TestFactory
    Stream<DynamicTest> everyTestOfAPromiseExists() {
        return rows(PROMISE).stream()
                .map(row -> dynamicTest(
                        row.get(0), () -> tests(String.join(" ", row)).forEach(ValidationTest::testExists)));
    }

    private static void holds(List<String> row) {
        assertThat(row).as("id, check, clause, where, test").hasSize(CELLS);
        List<String> classes = codes(row.get(3));
        assertThat(classes).as("where").isNotEmpty();
        assertThat(classes).as("a class").allMatch(c -> mainClasses.containsKey(c) || testClasses.containsKey(c));
        List<String> tests = tests(row.get(4));
        assertThat(tests).as("tests").isNotEmpty();
        tests.forEach(ValidationTest::testExists);
    }

    /** {@code Class#method}; a test without class is of the class named before it. */
    private static List<String> tests(String cell) {
        List<String> tests = new ArrayList<>();
        String owner = "";
        for (String code : codes(cell)) {
            if (!code.contains("#")) {
                continue;
            }
            owner = code.startsWith("#") ? owner : code.substring(0, code.indexOf('#'));
            tests.add(owner + code.substring(code.indexOf('#')));
        }
        return tests;
    }

    /** The name of a module before the class tells classes of one name with one method apart. */
    private static void testExists(String test) {
        Matcher name = TEST.matcher(test);
        assertThat(name.matches()).as("a test is named Class#method: " + test).isTrue();
        String module = name.group(1) == null ? "/" : "/" + name.group(1) + "/src/";
        List<Source> candidates = testClasses.getOrDefault(name.group(2), List.of()).stream()
                .filter(source -> source.path().contains(module))
                .toList();
        assertThat(candidates).as("source of " + test).isNotEmpty();
        assertThat(candidates.stream().filter(source -> declares(source.text(), name.group(3))))
                .as("the one test " + test)
                .hasSize(1);
    }

    /** Whether the method stands in the source with a test's annotation on one of the lines before it. */
    private static boolean declares(String source, String method) {
        Matcher declared = Pattern.compile("[\\w>] " + method + "\\(").matcher(source);
        while (declared.find()) {
            int before =
                    Math.max(source.lastIndexOf("\n\n", declared.start()), source.lastIndexOf("}\n", declared.start()));
            if (METHOD.matcher(source.substring(Math.max(before, 0), declared.start()))
                    .find()) {
                return true;
            }
        }
        return false;
    }
}
