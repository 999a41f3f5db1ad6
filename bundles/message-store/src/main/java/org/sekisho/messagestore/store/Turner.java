// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.sekisho.api.Octets;
import org.sekisho.crypto.pre.GroupPoint;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.messagestore.rows.HeaderRow;
import org.sekisho.messagestore.rows.TokenRow;

/**
 * Turns headers on their way to a reader: finds the tokens that lead on, composes them once and remembers the product. One
 * multiplication a header, however many epochs it crosses.
 *
 * <p>Keeps opened tokens in memory while they are in use; {@link #forget} closes those of a scope, and nothing is turned by a
 * token after it was forgotten. Safe for many threads.
 */
final class Turner {

    private static final int REMEMBERED = 1024;

    private final TokenVault vault;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private final Map<Way, ReEncryptionToken> opened = new LinkedHashMap<>();

    Turner(TokenVault vault) {
        this.vault = vault;
    }

    /** A chain of tokens, by the hashes of their rows. */
    private record Way(Octets scope, List<Octets> keys) {}

    /**
     * {@code header} at the newest epoch up to {@code most} that confirmed tokens lead to.
     *
     * @param tokens of its cohort
     */
    HeaderRow turn(Octets scope, List<TokenRow> tokens, HeaderRow header, long most) {
        List<TokenRow> chain = chain(tokens, header.epoch(), most);
        if (chain.isEmpty()) {
            return header;
        }
        return using(() -> {
            Optional<ReEncryptionToken> token = token(scope, chain);
            if (token.isEmpty()) {
                return header;
            }
            GroupPoint turned = token.get().apply(new GroupPoint(header.header()));
            return header.turned(chain.get(chain.size() - 1).to(), turned.bytes());
        });
    }

    /** The longest way: of two tokens from one epoch the one that leads farther, without passing {@code most}. */
    static List<TokenRow> chain(List<TokenRow> tokens, long from, long most) {
        List<TokenRow> chain = new ArrayList<>();
        long at = from;
        while (true) {
            long here = at;
            Optional<TokenRow> next = tokens.stream()
                    .filter(t -> t.usable() && t.from() == here && t.to() <= most)
                    .max(Comparator.comparingLong(TokenRow::to));
            if (next.isEmpty()) {
                return chain;
            }
            chain.add(next.get());
            at = next.get().to();
        }
    }

    /** Runs {@code work} while no token is closed. */
    private <T> T using(Supplier<T> work) {
        use.readLock().lock();
        try {
            return work.get();
        } finally {
            use.readLock().unlock();
        }
    }

    private Optional<ReEncryptionToken> token(Octets scope, List<TokenRow> chain) {
        Way way = new Way(scope, chain.stream().map(TokenRow::key).toList());
        synchronized (opened) {
            ReEncryptionToken known = opened.get(way);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<ReEncryptionToken> composed = compose(scope, chain);
        if (composed.isEmpty()) {
            return composed;
        }
        synchronized (opened) {
            ReEncryptionToken faster = opened.get(way);
            if (faster != null) {
                composed.get().close();
                return Optional.of(faster);
            }
            if (opened.size() < REMEMBERED) {
                opened.put(way, composed.get());
            }
            return composed;
        }
    }

    private Optional<ReEncryptionToken> compose(Octets scope, List<TokenRow> chain) {
        ReEncryptionToken product = null;
        for (TokenRow row : chain) {
            Optional<ReEncryptionToken> next = vault.open(scope, row);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            if (product == null) {
                product = next.get();
            } else {
                try (ReEncryptionToken one = product;
                        ReEncryptionToken two = next.get()) {
                    product = one.then(two);
                }
            }
        }
        return Optional.ofNullable(product);
    }

    /** Closes what is open of this scope. */
    void forget(Octets scope) {
        use.writeLock().lock();
        try {
            synchronized (opened) {
                opened.entrySet().removeIf(entry -> {
                    boolean drop = entry.getKey().scope().equals(scope);
                    if (drop) {
                        entry.getValue().close();
                    }
                    return drop;
                });
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    void forgetAll() {
        use.writeLock().lock();
        try {
            synchronized (opened) {
                opened.values().forEach(ReEncryptionToken::close);
                opened.clear();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
