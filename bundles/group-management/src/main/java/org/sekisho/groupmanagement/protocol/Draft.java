// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.groupmanagement.protocol;

import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Step;
import org.sekisho.membership.StepDraft;

/** The step being made: the state as it will be, and what is to be done. Lives for one call. */
final class Draft<S extends SideState> extends StepDraft {

    final Ctx ctx;
    S state;

    Draft(Ctx ctx, S state) {
        super(ctx);
        this.ctx = ctx;
        this.state = state;
    }

    Step next() {
        return next(state.encode());
    }
}
