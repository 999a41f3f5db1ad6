// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.util.List;

/** {@code ./sekisho bench [name]}: prints one JSON line per figure. */
public final class Bench {

    private static final List<Benchmark> ALL = List.of(
            new SealBench(),
            new StoreBench(),
            new KeyDerivationBench(),
            new GatewayBench(),
            new SearchBench(),
            new SearchGatewayBench(),
            new MessageStoreBench());

    private Bench() {}

    public static void main(String[] args) throws Exception {
        String only = args.length == 0 ? "" : args[0];
        if (!only.isEmpty() && ALL.stream().noneMatch(b -> b.name().equals(only))) {
            System.err.println("no benchmark " + only + "; there are: "
                    + ALL.stream().map(Benchmark::name).toList());
            System.exit(2);
        }
        for (Benchmark benchmark : ALL) {
            if (only.isEmpty() || only.equals(benchmark.name())) {
                benchmark.run().forEach(f -> System.out.println(f.json()));
            }
        }
    }
}
