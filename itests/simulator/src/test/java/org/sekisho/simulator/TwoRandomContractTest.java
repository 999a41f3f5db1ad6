// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.simulator;

/** The scheme {@code two-random} keeps the contract. */
class TwoRandomContractTest extends SchemeContract {

    @Override
    protected SchemeUnderTest scheme() {
        return SchemeUnderTest.TWO_RANDOM;
    }
}
