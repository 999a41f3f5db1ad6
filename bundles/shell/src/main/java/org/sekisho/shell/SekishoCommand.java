// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.sekisho.api.Caller;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.RefusalCounter;
import org.sekisho.api.SekishoException;
import org.sekisho.api.UnavailableException;

/** What all commands share: who asks, how answers and errors look, what happens while a service is away. */
abstract class SekishoCommand implements Action {

    @Reference
    Session session;

    @Reference(optional = true)
    @Nullable RefusalCounter refusals;

    @Option(name = "--json", description = "answer as one line of JSON")
    boolean json;

    /** Asks the api as {@code caller}. */
    abstract Answer answer(Caller caller) throws IOException;

    @Override
    public final @Nullable Object execute() throws CommandFailure, IOException {
        return execute(ConsoleCaller.current(), System.out);
    }

    final @Nullable Object execute(Caller caller, PrintStream out) throws CommandFailure, IOException {
        try {
            answer(caller).print(out, json);
            return null;
        } catch (SekishoException e) {
            RefusalCounter counter = refusals;
            if (counter != null) {
                counter.refused(RefusalCounter.Via.CONSOLE, e.code());
            }
            throw new CommandFailure(e);
        }
    }

    static <T> T present(@Nullable T service, String name) {
        if (service == null) {
            throw new UnavailableException(
                    ErrorCode.CAPABILITY_ABSENT, name + " is not there just now", Duration.ofSeconds(2));
        }
        return service;
    }
}
