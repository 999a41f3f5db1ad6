// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

/** The scheme {@code key-derivation} keeps the contract. */
class KeyDerivationContractTest extends SchemeContract {

    @Override
    protected SchemeUnderTest scheme() {
        return SchemeUnderTest.KEY_DERIVATION;
    }
}
