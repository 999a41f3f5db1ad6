// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.blackbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.api.GroupId;
import org.sekisho.api.SekishoException;
import org.sekisho.client.Group;
import org.sekisho.client.Sekisho;

/**
 * A participant in a process of its own, that a test may hold and kill. Accepts every invitation; takes {@code say GROUP TEXT},
 * {@code where GROUP} and {@code phase GROUP N} from its input, one line each, and prints {@code READ TEXT}, {@code SAID TEXT},
 * {@code REFUSED CODE TEXT}, {@code AT GROUP EPOCH SAFETYNUMBER SCHEME} and {@code PHASE N PHASE}. Ends with its input.
 */
final class MemberMain {

    private static final Set<GroupId> LISTENING = ConcurrentHashMap.newKeySet();

    private MemberMain() {}

    /** Arguments: the gateway's address, PKCS#12 file, password, state directory. */
    public static void main(String[] args) throws IOException {
        try (Sekisho sekisho =
                Sekisho.connect(URI.create(args[0]), Path.of(args[1]), args[2].toCharArray(), Path.of(args[3]))) {
            sekisho.groups().forEach(MemberMain::listen);
            sekisho.onInvitation(invitation -> listen(invitation.accept()));
            print("READY");
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                obey(sekisho, line.split(" ", 3));
            }
        }
    }

    private static void listen(Group group) {
        if (LISTENING.add(group.id())) {
            group.onMessage(message -> print("READ " + message.text()));
        }
    }

    private static void obey(Sekisho sekisho, String[] words) {
        try {
            Group group = sekisho.group(GroupId.parse(words[1]));
            switch (words[0]) {
                case "say" -> {
                    group.send(words[2]);
                    print("SAID " + words[2]);
                }
                case "phase" ->
                    print("PHASE " + words[2] + " " + group.schemeDetails().getOrDefault("phase", "NONE"));
                default ->
                    print("AT " + group.id() + " " + group.epoch() + " "
                            + group.safetyNumber().replace(' ', '-') + " " + group.scheme() + " "
                            + group.view().keyed());
            }
        } catch (SekishoException refused) {
            print("REFUSED " + refused.code() + " " + (words.length > 2 ? words[2] : ""));
        }
    }

    private static synchronized void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
