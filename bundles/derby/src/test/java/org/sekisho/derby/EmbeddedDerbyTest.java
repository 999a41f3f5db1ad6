// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.jdbc.DataSourceFactory;

@Timeout(120)
class EmbeddedDerbyTest {

    @TempDir
    private Path home;

    private final EmbeddedDerby engine = new EmbeddedDerby();

    @BeforeAll
    static void logElsewhereAndBeQuick() {
        System.setProperty("derby.system.durability", "test"); // no waiting for the disk
        System.setProperty("derby.stream.error.field", "org.sekisho.derby.DerbyLog.NOWHERE");
    }

    @AfterEach
    void end() {
        engine.shutDown();
    }

    @Test
    void a_database_appears_under_its_name_when_it_is_complete() throws Exception {
        write(database(engine), 1);
        assertThat(names(home.resolve("deep"))).containsExactly("db");
        assertThat(rows(database(engine))).containsExactly(1);
    }

    @Test
    void its_directory_is_its_owners_only() throws Exception {
        write(database(engine), 1);
        assertThat(Files.getPosixFilePermissions(home.resolve("deep"))).hasSize(3);
    }

    @Test
    void leftovers_of_a_creation_that_was_cut_short_are_replaced() throws Exception {
        Path unfinished = Files.createDirectories(home.resolve("deep/db.unfinished/seg0"));
        Files.writeString(unfinished.resolve("c10.dat"), "half");
        Files.writeString(home.resolve("deep/db.unfinished/service.properties"), "half");
        write(database(engine), 1);
        assertThat(names(home.resolve("deep"))).containsExactly("db");
        assertThat(rows(database(engine))).containsExactly(1);
    }

    @Test
    void a_complete_database_is_never_replaced() throws Exception {
        write(database(engine), 1);
        engine.shutDown();
        Files.createDirectories(home.resolve("deep/db.unfinished"));
        EmbeddedDerby next = new EmbeddedDerby();
        write(database(next), 2);
        assertThat(rows(database(next))).containsExactly(1, 2);
        next.shutDown();
    }

    @Test
    void what_is_no_whole_database_is_refused_and_left_as_it_is() throws Exception {
        write(database(engine), 1);
        engine.shutDown();
        Files.delete(home.resolve("deep/db/service.properties"));
        Map<String, Long> before = files(home);

        EmbeddedDerby next = new EmbeddedDerby();
        DataSource damaged = database(next);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(damaged::getConnection)
                    .withMessageContaining("not a whole database")
                    .matches(e -> e.getSQLState().equals("XBM0A"));
        }
        next.shutDown();
        assertThat(files(home)).isEqualTo(before);
    }

    @Test
    void an_empty_directory_in_its_place_does_not_matter() throws Exception {
        Files.createDirectories(home.resolve("deep/db"));
        write(database(engine), 1);
        assertThat(rows(database(engine))).containsExactly(1);
    }

    @Test
    void a_creation_that_is_interrupted_succeeds_or_is_begun_anew() throws Exception {
        for (int after = 0; after < 300; after += 120) {
            Path place = home.resolve("interrupted" + after);
            Properties properties = properties(place, true);
            CountDownLatch begun = new CountDownLatch(1);
            Thread creating = new Thread(() -> {
                begun.countDown();
                try {
                    engine.createDataSource(properties).getConnection().close();
                } catch (SQLException e) {
                    assertThat(place).doesNotExist();
                }
            });
            creating.start();
            begun.await();
            creating.join(1 + after);
            creating.interrupt();
            creating.join();
            DataSource again = engine.createDataSource(properties);
            write(again, after);
            assertThat(rows(again)).containsExactly(after);
        }
    }

    @Test
    void a_creation_that_is_killed_is_begun_anew() throws Exception {
        for (int after : new int[] {400, 900}) {
            Path place = home.resolve("killed" + after + "/db");
            Process creating = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledCreator.class.getName(),
                            place.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            creating.waitFor(after, TimeUnit.MILLISECONDS);
            creating.destroyForcibly().waitFor();
            DataSource again = engine.createDataSource(properties(place, true));
            write(again, after);
            assertThat(rows(again)).containsExactly(after);
        }
    }

    @Test
    void without_create_nothing_is_made() throws Exception {
        DataSource absent = engine.createDataSource(properties(home.resolve("absent"), false));
        assertThatExceptionOfType(SQLException.class).isThrownBy(absent::getConnection);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void who_comes_after_the_end_gets_no_connection() throws Exception {
        DataSource database = database(engine);
        write(database, 1);
        engine.shutDown();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(database::getConnection)
                .matches(e -> e.getSQLState().equals("08003"));
    }

    /** The engine of a bundle that was uninstalled, and the one of its successor: each with classes of its own. */
    @Test
    void the_next_bundles_engine_opens_what_the_last_one_had_open() throws Exception {
        for (int round = 1; round <= 2; round++) {
            try (URLClassLoader bundle = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
                Class<?> component = bundle.loadClass(EmbeddedDerby.class.getName());
                Object alone = component.getConstructor().newInstance();
                DataSource database = (DataSource) component
                        .getMethod("createDataSource", Properties.class)
                        .invoke(alone, properties(home.resolve("deep/db"), true));
                write(database, round);
                Connection inUse = database.getConnection();
                var shutDown = component.getDeclaredMethod("shutDown");
                shutDown.setAccessible(true);
                shutDown.invoke(alone);
                assertThat(inUse.isClosed()).isTrue();
            }
        }
        assertThat(rows(database(engine))).containsExactly(1, 2);
    }

    @Test
    void shutting_down_waits_for_a_database_that_is_being_made() throws Exception {
        DataSource database = database(engine);
        List<SQLException> failed = new ArrayList<>();
        Thread creating = new Thread(() -> {
            try {
                database.getConnection();
            } catch (SQLException e) {
                failed.add(e);
            }
        });
        creating.start();
        while (!Files.exists(home.resolve("deep/db.unfinished")) && creating.isAlive()) {
            Thread.onSpinWait();
        }
        engine.shutDown();
        creating.join();
        assertThat(failed).isEmpty();
        assertThat(names(home.resolve("deep"))).containsExactly("db");
    }

    @Test
    void a_database_in_memory_needs_no_directory() throws Exception {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_DATABASE_NAME, "memory:x");
        properties.setProperty("createDatabase", "create");
        engine.createDataSource(properties).getConnection().close();
        assertThat(home).isEmptyDirectory();
    }

    private DataSource database(EmbeddedDerby of) throws SQLException {
        return of.createDataSource(properties(home.resolve("deep/db"), true));
    }

    static Properties properties(Path place, boolean create) {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_DATABASE_NAME, place.toString());
        if (create) {
            properties.setProperty("createDatabase", "create");
        }
        return properties;
    }

    private static void write(DataSource database, int number) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (!connection.getMetaData().getTables(null, null, "N", null).next()) {
                statement.execute("CREATE TABLE n (n INTEGER)");
            }
            statement.execute("INSERT INTO n VALUES (" + number + ")");
        }
    }

    private static List<Integer> rows(DataSource database) throws SQLException {
        List<Integer> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT n FROM n ORDER BY n")) {
            while (found.next()) {
                rows.add(found.getInt(1));
            }
        }
        return rows;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private static Map<String, Long> files(Path directory) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> entries = Files.walk(directory)) {
            for (Path entry : entries.filter(Files::isRegularFile).toList()) {
                files.put(entry.toString(), Files.size(entry));
            }
        }
        return files;
    }

    private static URL[] classPath() throws IOException {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            path.add(Path.of(entry).toUri().toURL());
        }
        return path.toArray(URL[]::new);
    }
}
