// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.messagestore.store;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Octets;
import org.sekisho.api.SecretBytes;
import org.sekisho.api.UnavailableException;
import org.sekisho.api.scheme.Entropy;
import org.sekisho.crypto.AuthenticationFailedException;
import org.sekisho.crypto.pre.ReEncryptionToken;
import org.sekisho.crypto.store.Place;
import org.sekisho.crypto.store.ShredKeys;
import org.sekisho.crypto.store.StoreSealer;
import org.sekisho.messagestore.rows.TokenRow;

/**
 * Seals tokens, each with a key of its own in a file outside of the database (protocol note F21). Destroying the file destroys
 * the token, in the database, its log and its backups. Gateways that share a database share this directory.
 */
final class TokenVault {

    private static final String KIND = "pre token";

    private final ShredKeys keys;
    private final Entropy entropy;

    TokenVault(ShredKeys keys, Entropy entropy) {
        this.keys = keys;
        this.entropy = entropy;
    }

    Octets seal(Octets scope, TokenRow.Claim claim, SecretBytes token) {
        Octets id = id(scope, claim);
        try (SecretBytes key = keys.create(id);
                StoreSealer sealer = new StoreSealer(key, entropy)) {
            return sealer.seal(place(scope, claim), token);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** The token; empty when its key is not here, because it was destroyed or is another gateway's. The caller closes it. */
    Optional<ReEncryptionToken> open(Octets scope, TokenRow row) {
        if (row.sealed().isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<SecretBytes> key = keys.find(id(scope, row.claim()));
            if (key.isEmpty()) {
                return Optional.empty();
            }
            try (SecretBytes found = key.get();
                    StoreSealer sealer = new StoreSealer(found, entropy);
                    SecretBytes token = sealer.openSecret(
                            place(scope, row.claim()), row.sealed().get())) {
                return Optional.of(ReEncryptionToken.received(token));
            }
        } catch (AuthenticationFailedException e) {
            throw new UnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "a stored token does not open");
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    void shred(Octets scope, TokenRow.Claim claim) {
        try {
            keys.shred(id(scope, claim));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Destroys keys of this scope that no row needs any more: a crash came between row and file. */
    void shredOrphans(Octets scope, Iterable<TokenRow> rows) {
        Set<Octets> needed = new HashSet<>();
        for (TokenRow row : rows) {
            if (row.sealed().isPresent()) {
                needed.add(id(scope, row.claim()));
            }
        }
        try {
            for (Octets id : keys.ids()) {
                if (id.startsWith(scope) && !needed.contains(id)) {
                    keys.shred(id);
                }
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** {@code scope || H(claim)}: names the token, and whose it is; each row has a key of its own. */
    private static Octets id(Octets scope, TokenRow.Claim claim) {
        return Octets.concat(scope, claim.hashed().value());
    }

    private static Place place(Octets scope, TokenRow.Claim c) {
        return new Place(KIND, scope, id(scope, c), 0);
    }

    private static UnavailableException unavailable(IOException e) {
        return new UnavailableException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "the keys of tokens cannot be used: " + e.getClass().getSimpleName());
    }
}
