// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sekisho.api.ErrorCode;
import org.sekisho.api.Hash;
import org.sekisho.api.LeafId;
import org.sekisho.api.Octets;
import org.sekisho.api.SekishoException;
import org.sekisho.api.group.Party;
import org.sekisho.api.scheme.Ctx;
import org.sekisho.api.scheme.Effect;
import org.sekisho.api.scheme.Event;
import org.sekisho.codec.Cbor;
import org.sekisho.crypto.Sha256;
import org.sekisho.membership.wire.Attachment;
import org.sekisho.membership.wire.MessageType;

/** The queue of wishes and what surrounds it; rosters and certificates are tested where two schemes use them. */
class MembershipTest {

    private final StubCtx ctx = new StubCtx();
    private final Fake scheme = new Fake();
    private final List<Effect> effects = new ArrayList<>();

    /** A scheme that answers what the test says and notes whose turn it was. */
    private static final class Fake implements MemberScheme {

        private final List<String> turns = new ArrayList<>();
        private boolean speaks = true;
        private boolean preparing;

        @Override
        public boolean speaks() {
            return speaks;
        }

        @Override
        public boolean preparing() {
            return preparing;
        }

        @Override
        public void announced(Announced announced, Optional<Octets> slice) {
            throw new AssertionError("nothing is announced here");
        }

        @Override
        public Optional<Hash> turn(String wish) {
            turns.add(wish);
            return wish.startsWith("unknown") ? Optional.empty() : Optional.of(Sha256.hash(Octets.utf8(wish)));
        }
    }

    private void step(Consumer<Membership> work) {
        var draft = new StepDraft(ctx);
        work.accept(new Membership(draft, scheme));
        ctx.store(draft);
        effects.addAll(draft.effects());
    }

    private static void assertRefused(ErrorCode code, Runnable step) {
        assertThatThrownBy(step::run).isInstanceOfSatisfying(SekishoException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static Event.Refused refused(String wish, ErrorCode code) {
        return new Event.Refused("scheme/" + wish, Octets.utf8(wish), code);
    }

    @Test
    void wishes_have_their_turn_one_after_the_other() {
        step(m -> m.want("a"));
        step(m -> m.want("b"));
        step(Membership::committed);
        assertThat(scheme.turns).containsExactly("a");
        step(m -> m.fulfilled("a"));
        step(Membership::committed);
        assertThat(scheme.turns).containsExactly("a", "b");
        step(m -> m.fulfilled("b"));
        assertThat(ctx.parts).isEmpty();
    }

    @Test
    void a_wish_the_scheme_does_not_know_is_dropped() {
        step(m -> m.want("unknown wish"));
        step(m -> m.want("known"));
        assertThat(scheme.turns).containsExactly("unknown wish", "known");
        assertThat(ctx.parts.keySet())
                .filteredOn(key -> key.startsWith("member/todo/"))
                .hasSize(1);
    }

    @Test
    void wishes_wait_while_an_epoch_is_prepared_and_are_sent_after_ten_seconds_all_the_same() {
        scheme.preparing = true;
        step(m -> m.want("a"));
        assertThat(scheme.turns).isEmpty();
        assertThat(effects).contains(new Effect.SetTimer("member/change", java.time.Duration.ofSeconds(10)));
        step(m -> assertThat(m.timer("member/change")).isTrue());
        assertThat(scheme.turns).containsExactly("a");
    }

    @Test
    void nobody_speaks_before_it_belongs_to_the_group_nor_for_a_scheme_that_is_only_prepared() {
        scheme.speaks = false;
        step(m -> m.want("a"));
        scheme.speaks = true;
        ctx.takeover = Optional.of(new Ctx.Takeover(Sha256.hash(new byte[1]), StubCtx.SELF, "other"));
        step(m -> m.timer("member/change"));
        assertThat(scheme.turns).isEmpty();
        ctx.takeover = Optional.empty();
        step(m -> m.timer("member/change"));
        assertThat(scheme.turns).containsExactly("a");
    }

    @Test
    void a_conflict_is_tried_again_and_a_denial_is_told() {
        step(m -> m.want("a"));
        step(m -> assertThat(m.refused(refused("a", ErrorCode.EPOCH_CONFLICT))).isTrue());
        step(m -> assertThat(m.waiting()).isFalse());
        step(m -> m.timer("member/change"));
        assertThat(scheme.turns).containsExactly("a", "a");
        step(m -> m.refused(refused("a", ErrorCode.FORBIDDEN)));
        assertThat(effects)
                .anyMatch(e -> e instanceof Effect.Notice n && n.name().equals("change-refused"));
        assertThat(ctx.parts).isEmpty();
    }

    @Test
    void what_membership_did_not_send_is_not_its_to_answer_for() {
        step(m -> assertThat(m.refused(refused("other", ErrorCode.EPOCH_CONFLICT)))
                .isFalse());
        step(m -> assertThat(m.timer("rn2")).isFalse());
        step(m -> assertThat(m.request("rotate", Octets.EMPTY)).isFalse());
        var message = new Event.Message(Party.SERVER, "dmkd/start", Octets.EMPTY, Optional.empty());
        step(m -> assertThat(m.message(message)).isFalse());
        assertThat(ctx.parts).isEmpty();
    }

    @Test
    void at_most_256_wishes_and_invitations_wait() {
        scheme.preparing = true;
        for (int i = 0; i < 256; i++) {
            step(m -> m.want("again"));
        }
        assertRefused(ErrorCode.QUEUE_FULL, () -> step(m -> m.want("one more")));
        for (int i = 0; i < 256; i++) {
            byte[] leaf = new byte[32];
            leaf[0] = 1;
            leaf[1] = (byte) i;
            step(m -> m.request("invite", Cbor.encode(LeafId.of(leaf), false, 60)));
        }
        assertRefused(
                ErrorCode.QUEUE_FULL,
                () -> step(m -> m.request("invite", Cbor.encode(LeafId.of(filled()), false, 60))));
    }

    private static byte[] filled() {
        byte[] leaf = new byte[32];
        java.util.Arrays.fill(leaf, (byte) 9);
        return leaf;
    }

    @Test
    void at_the_end_nothing_is_kept() {
        step(m -> m.want("a"));
        step(m -> m.request("invite", Cbor.encode(LeafId.of(filled()), true, 60)));
        assertThat(ctx.parts).isNotEmpty();
        step(Membership::end);
        assertThat(ctx.parts).isEmpty();
    }

    @Test
    void an_attachment_of_another_scheme_is_to_be_made_again() {
        var attachment = Optional.of(new Attachment("two-random", Octets.utf8("rotation")));
        var announced =
                new Announced(StubCtx.SELF, ctx.roster(), Rosters.hash(ctx.roster()), List.of(), List.of(), attachment);
        assertThat(announced.attachedBy("two-random")).contains(Octets.utf8("rotation"));
        assertRefused(ErrorCode.EPOCH_CONFLICT, () -> announced.attachedBy("key-derivation"));
    }

    @Test
    void rosters_are_announced_where_all_see_the_same() {
        assertThat(MessageType.admits(MessageType.NOTIFY, Party.EVERYONE)).isTrue();
        assertThat(MessageType.admits(MessageType.NOTIFY, new Party.Member(StubCtx.SELF)))
                .isFalse();
        assertThat(MessageType.admits(MessageType.INVITE, Party.EVERYONE)).isFalse();
        assertThat(MessageType.admits(MessageType.ACCEPT, new Party.Member(StubCtx.SELF)))
                .isTrue();
    }
}
