// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.support.table.ShellTable;

/** What a command answers: a value for programs, and a table with remarks for people. */
final class Answer {

    private final Object value;
    private final List<String> columns;
    private final List<Object[]> rows = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private Answer(Object value, String... columns) {
        this.value = value;
        this.columns = List.of(columns);
    }

    static Answer table(Object value, String... columns) {
        return new Answer(value, columns);
    }

    /** One value, a line for each of its properties. */
    static Answer sheet(Object value) {
        return new Answer(value, "property", "value");
    }

    Answer row(Object... cells) {
        rows.add(Arrays.copyOf(cells, cells.length));
        return this;
    }

    Answer remark(String remark) {
        remarks.add(remark);
        return this;
    }

    void print(PrintStream out, boolean json) {
        if (json) {
            out.println(JsonText.of(value));
            return;
        }
        if (!columns.isEmpty()) {
            ShellTable table = new ShellTable();
            columns.forEach(table::column);
            table.emptyTableText("nothing");
            rows.forEach(cells -> table.addRow()
                    .addContent(Arrays.stream(cells).map(Answer::cell).toArray()));
            table.print(out);
        }
        remarks.forEach(out::println);
    }

    /** Other people's text must not steer the terminal. */
    private static String cell(Object content) {
        return content.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
