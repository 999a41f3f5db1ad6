// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of docs/ARCHITECTURE.md. A module that is not in the table may use nothing of ours, so it cannot be forgotten. */
class ArrowsTest {

    private static final String ROOT = "org.sekisho.";

    /** Module (package below the root) and the modules it may use. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("api", List.of()),
            Map.entry("codec", List.of("api")),
            Map.entry("crypto", List.of("api", "codec")),
            Map.entry("membership", List.of("api", "codec", "crypto")),
            Map.entry("repositoryjdbc", List.of("api")),
            Map.entry("derby", List.of()),
            Map.entry("messagestore", List.of("api", "codec", "crypto")),
            Map.entry("searchindex", List.of("api", "codec", "crypto")),
            Map.entry("audit", List.of("api", "codec", "crypto")),
            Map.entry("directory", List.of("api", "codec", "crypto")),
            Map.entry("groups", List.of("api", "codec", "crypto")),
            Map.entry("groupmanagement", List.of("api", "codec", "crypto", "membership")),
            Map.entry("keyderivation", List.of("api", "codec", "crypto", "membership")),
            Map.entry("httpaccess", List.of("api")),
            Map.entry("httpruntime", List.of("api")),
            Map.entry("health", List.of()),
            Map.entry("metrics", List.of("api")),
            Map.entry("rest", List.of("api")),
            Map.entry("soap", List.of("api")),
            Map.entry("shell", List.of("api")),
            Map.entry(
                    "client",
                    List.of(
                            "api",
                            "codec",
                            "crypto",
                            "membership",
                            "groups",
                            "groupmanagement",
                            "keyderivation",
                            "searchindex",
                            "repositoryjdbc")));

    /** What bundles/derby may know of JDBC. */
    private static final Set<String> CONNECTIONS = Set.of(
            "Connection",
            "ConnectionPoolDataSource",
            "DataSource",
            "Driver",
            "SQLException",
            "SQLFeatureNotSupportedException",
            "XADataSource");

    private static JavaClasses ours;

    @BeforeAll
    static void load() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.sekisho");
    }

    private static String module(JavaClass c) {
        String name = c.getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        String rest = name.substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @Test
    void theTableHasEveryModuleAndNoOther() {
        assertThat(ours.stream().map(ArrowsTest::module).distinct())
                .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
    }

    @Test
    void modulesUseOnlyWhatTheirArrowsAllow() {
        ARROWS.forEach((module, allowed) -> {
            DescribedPredicate<JavaClass> foreign = DescribedPredicate.describe(
                    "of a module other than " + allowed,
                    c -> !module(c).isEmpty() && !module(c).equals(module) && !allowed.contains(module(c)));
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + module + "..")
                    .should()
                    .dependOnClassesThat(foreign)
                    .check(ours);
        });
    }

    @Test
    void apiStandsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + "api..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", ROOT + "api..", "org.osgi.annotation..", "org.jspecify.annotations.."))
                .check(ours);
    }

    @Test
    void onlyCryptoTouchesProviders() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "crypto..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.crypto..", "org.bouncycastle..")
                .check(ours);
    }

    @Test
    void onlyTheRepositorySpeaksSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "repositoryjdbc..", ROOT + "derby..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(ours);
    }

    /** It gives connections away and has none to talk through. */
    @Test
    void theEngineAsksItsDatabaseNothing() {
        DescribedPredicate<JavaClass> talk = DescribedPredicate.describe(
                "of JDBC that are more than sources of connections",
                c -> (c.getPackageName().equals("java.sql")
                                || c.getPackageName().equals("javax.sql"))
                        && !CONNECTIONS.contains(c.getSimpleName()));
        noClasses()
                .that()
                .resideInAPackage(ROOT + "derby..")
                .should()
                .dependOnClassesThat(talk)
                .check(ours);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "derby..")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "of a connection, other than close",
                        call -> call.getTargetOwner().getName().equals("java.sql.Connection")
                                && !call.getName().equals("close")))
                .check(ours);
    }

    @Test
    void protocolCodeHasNoClockSocketOrContainer() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "membership..",
                        ROOT + "groupmanagement.protocol..",
                        ROOT + "groupmanagement.wire..",
                        ROOT + "keyderivation.protocol..",
                        ROOT + "keyderivation.wire..",
                        ROOT + "groups.engine..",
                        ROOT + "groups.chain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio..", "java.util.concurrent.locks..", "org.osgi.service..", "org.slf4j..")
                .check(ours);
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "membership..",
                        ROOT + "groupmanagement.protocol..",
                        ROOT + "keyderivation.protocol..",
                        ROOT + "groups.engine..",
                        ROOT + "groups.chain..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(ours);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(ours);
    }

    @Test
    void nothingIsSerialisedByJava() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(ours);
    }

    @Test
    void namesSaySomething() {
        List<String> vague = new ArrayList<>();
        for (JavaClass c : ours) {
            if (c.getSimpleName().matches(".*(Impl|Util|Utils|Helper|Manager|Common|Base|Misc)")) {
                vague.add(c.getName());
            }
        }
        assertThat(vague).isEmpty();
    }
}
