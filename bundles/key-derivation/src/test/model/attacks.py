#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sekisho Authors
# SPDX-License-Identifier: Apache-2.0
"""Attacks the model: each attack must fail under the rules, and succeed when the rule it aims at is switched off.

The attacker holds all the server ever saw and made, and everything some leaves ever held. It tries all derivations of
the protocol on all of it, in every attempt, until it learns nothing new.
"""
import random as seeded
import sys

from key_derivation import (
    DIST, JOIN, LEAVE, UPDATE, Group, Leaf, Refused, Rules, confirm_tag, edge, k2_of, mask_key, open_mask, scheme_secret,
    state, update_k2, virtual,
)
from primitives import agree, check, h, public, unseal, xor


def spoils(group, traitors, prekeys=()):
    """Every scheme secret that the server and the traitors together can compute: {epoch: secret}."""
    rules = group.rules
    known = {"edge": set(), "E": set(), "rs": set(), "secret": set(), "K2": set()}
    for name in traitors:
        for kind, value in group[name].learned:
            known[kind].add(value)
    for a in group.attempts:
        known["E"].update(a.shown)
    won, k2s = {}, set(known["K2"])
    for private in prekeys:
        for a in group.attempts:
            for offered, user, _ in a.welcomes.values():
                if offered == public(private):
                    for leaf in group.leaves.values():
                        context = [h(a.header), leaf.id, h(group.prekey(leaf.name, offered))]
                        k2s.add(unseal(private, "dmkd welcome u", context, user) or bytes(32))
    grown = True
    while grown:
        before = sum(map(len, known.values())) + len(won)
        for a in group.attempts:
            for secret in list(candidates(rules, a, known, k2s)):
                if a.header is not None and confirm_tag(h(a.header), secret) == a.tag:
                    won[a.header[2]] = secret
                    known["rs"].add(state(secret, h(a.header)))
                    known["secret"].add(secret)
        grown = sum(map(len, known.values())) + len(won) > before
    return won


def candidates(rules, a, known, k2s):
    yield from known["secret"]
    if a.op == UPDATE:
        for rs in known["rs"]:
            yield scheme_secret(a.k1, update_k2(rs, a.ctx_hash))
        return
    for k2 in k2s:
        yield scheme_secret(a.k1, k2) if a.k1 else bytes(32)
    n = len(a.active)
    if n < 2:
        return
    ids = [first[0] for first in a.firsts]
    guesses = {(i, value) for i in range(n) for value in known["E"]}
    for i in range(n):
        for value in known["edge"]:
            guesses.add((i, edge(rules, value, a.ctx_hash, a.sid, i, ids[i], ids[(i + 1) % n])))
    if a.virtual:
        for rs in known["rs"]:
            h_v = agree(virtual(rules, rs, a.ctx_hash), a.firsts[0][1])
            guesses.add((0, edge(rules, h_v, a.ctx_hash, a.sid, 0, ids[0], ids[1])))
    tried = set()
    for i, value in guesses if a.mask else ():
        # E_i to E_{n-1} through the transfers the server has seen
        k1l = xor(value, bytes(32), *a.t[i + 1 :])
        if k1l in tried:
            continue
        tried.add(k1l)
        k1 = open_mask(rules, a, k1l)
        if k1 is not None:
            chain = k1l
            for j in range(n):
                known["E"].add(xor(chain, bytes(32), *a.t[: j + 1]))
            k2 = k2_of(a.ctx_hash, a.sid, a.kp, k1, k1l)
            k2s.add(k2)
            yield scheme_secret(a.k1, k2)


# --- the attacks: each returns whether the attacker won --------------------------------------------------------------


def reused_sid(rules):
    """F2: a leaf active in a failed LEAVE and removed by the next attempt, the server giving both the same sid."""
    g = Group("reused sid", "ABCDXY", rules)
    g.dist()
    g.change([], ["X"])
    g.forced_sid = bytes(range(32))
    g.attempt(LEAVE, ["A", "B", "C", "D", "Y"])
    g.change([], ["Y"])
    a = g.commit(g.attempt(LEAVE, ["A", "B", "C", "D"]))
    return a.header[2] in spoils(g, "XY")


def reused_mask_key(rules):
    """F2: two attempts, the representative's left edge stored: one key for two masks, and one nonce."""
    g = Group("mask", "ABCDXY", rules)
    g.dist()
    g.change([], ["X"])
    g.forced_sid = bytes(32)
    first = g.attempt(LEAVE, ["A", "B", "C", "D", "Y"])
    second = g.attempt(LEAVE, ["A", "B", "C", "D", "Y"])
    keys = [mask_key(rules, a.notes["edges"][-1], a.ctx_hash, a.sid) for a in (first, second)]
    return keys[0] == keys[1]


def same_context_twice(rules):
    """F2: one context answered twice, with other secrets."""
    g = Group("twice", "ABC", rules)
    g.dist()
    g.attempt(UPDATE, ["A"])
    g.tries -= 1
    try:
        g.attempt(UPDATE, ["A"])
        return True
    except Refused:
        return False


def join_with_pending_removal(rules):
    """F4: X is removed by the roster and passive in the JOIN that adds N."""
    g = Group("pending", "ABXC", rules)
    g.dist()
    g.change(["N"], ["X"])
    try:
        a = g.attempt(JOIN, ["A", "C", "N"], ["N"])
    except Refused:
        return False
    g.commit(a)
    return a.header[2] in spoils(g, "X")


def update_with_pending_removal(rules):
    g = Group("pending update", "ABX", rules)
    g.dist()
    g.change([], ["X"])
    try:
        a = g.commit(g.attempt(UPDATE, ["A"]))
    except Refused:
        return False
    return a.header[2] in spoils(g, "X")


def removed_and_added_again(rules):
    """F4: nothing changes net, yet X's old device must not hear the new epoch."""
    g = Group("again", "ABX", rules)
    g.dist()
    g.change([], ["X"])
    g.change(["X"], [])
    try:
        a = g.commit(g.attempt(UPDATE, ["A"]))
    except Refused:
        g.leaves["old X"] = g["X"]
        g.leaves["X"] = Leaf("X", g.random)
        a = g.dist()
        return a.header[2] in spoils(g, ["old X"])
    return a.header[2] in spoils(g, ["X"])


def substituted_prekey(rules):
    """F3: the server offers a prekey of its own for a leaf that is away."""
    g = Group("prekey", "ABCD", rules)
    g.dist()
    a = g.dist(["A", "B", "C"])
    mine = g.random()
    try:
        g.welcome(a, "D", public(mine))
    except Refused:
        return False
    return a.header[2] in spoils(g, [], [mine])


def former_member_and_dump(rules):
    """Random operations; who was removed, alone or several together, with the server, opens no later epoch."""
    for trial in range(5):
        dice = seeded.Random(trial)
        g, gone, fresh = Group("former %d" % trial, "ABCDE"[: dice.randint(2, 5)], rules), {}, iter("NOPQRSTUVW")
        g.dist()
        for _ in range(8):
            random_operation(g, dice, gone, fresh)
        for name, last in gone.items():
            if any(epoch > last for epoch in spoils(g, [name])):
                return True
        if gone and any(epoch > max(gone.values()) for epoch in spoils(g, list(gone))):
            return True
    return False


def joiner_and_dump(rules):
    """Who joined, with the server, opens no epoch before its own."""
    for trial in range(3):
        dice = seeded.Random(100 + trial)
        g, fresh = Group("joiner %d" % trial, "ABCD"[: dice.randint(1, 4)], rules), iter("NOPQRSTUVW")
        g.dist()
        for _ in range(5):
            random_operation(g, dice, {}, fresh)
        g.change(["Z"], [])
        at = g.epoch + 1
        g.join(["Z"]) if dice.random() < 0.7 else g.dist()
        g.update()
        won = spoils(g, ["Z"])
        assert at in won and at + 1 in won
        if any(epoch < at for epoch in won):
            return True
    return False


def compromise_opens_the_past(rules):
    """F3 of the table: all a device stores after epoch e, with the server's dump, opens no epoch before e."""
    g = Group("compromise", "ABCDE", rules)
    g.dist()
    g.update()
    g.change([], ["E"])
    g.leave()
    g.update()
    for name in "ABCD":
        leaf = g[name]
        leaf.learned = [("edge", leaf.left), ("edge", leaf.right), ("rs", leaf.rs), ("secret", leaf.secret)]
        if any(epoch < g.epoch for epoch in spoils(g, [name])):
            return True
    return False


def removed_still_sealed_to(rules):
    """A server that seals K1 to the removed gains nothing: K1 is the server's anyway."""
    g = Group("sealed", "ABXC", rules)
    g.dist()
    g.change([], ["X"])
    a = g.leave()
    return a.header[2] in spoils(g, "X")


def split_start(rules):
    """F8: two halves, each with a context of its own. Won means unnoticed: one hash for two different keys."""
    halves = []
    for active in ("AB", "CD"):
        g = Group("split", "ABCD", rules)
        g.dist()
        halves.append(g.dist(list(active)))
    one, other = halves
    assert one.notes["secret"] != other.notes["secret"]
    return one.header == other.header or one.tag == other.tag


def failed_attempts(rules):
    """A leaf active in failed attempts of every kind and removed afterwards, the sid always the same."""
    g = Group("failed", "ABCDEX", rules)
    g.dist()
    g.forced_sid = bytes(32)
    g.attempt(DIST, list("ABCDEX"))
    g.attempt(DIST, list("XABCDE"))
    g.change(["N"], [])
    g.attempt(JOIN, ["A", "X", "N"], ["N"])
    g.attempt(JOIN, ["B", "A", "N"], ["N"])
    g.change([], ["N"])
    g.change([], ["X"])
    a = g.commit(g.attempt(DIST, list("ABCDE")))
    g.change([], ["E"])
    b = g.leave()
    won = spoils(g, "XNE")
    return b.header[2] in won or a.header[2] in spoils(g, "XN")


def join_attempts_share_the_virtual_user(rules):
    """A joiner of a failed JOIN, dropped before the next attempt: the virtual edge of the next is another."""
    g = Group("virtual", "ABCD", rules)
    g.dist()
    g.change(["M", "N"], [])
    g.forced_sid = bytes(32)
    first = g.attempt(JOIN, ["A", "D", "M", "N"], ["M", "N"])
    second = g.attempt(JOIN, ["A", "D", "N"], ["N"])
    return first.notes["r_v"] == second.notes["r_v"]


def old_welcome(rules):
    """The server shows the welcome of another epoch, or mixes the halves of two."""
    g = Group("old welcome", "ABCD", rules)
    g.dist()
    first = g.dist(["A", "B", "C"])
    second = g.dist(["A", "B", "C"])
    for a in (first, second):
        g.welcome(a, "D", g["D"].prekey())
    for mixed in (first.welcomes["D"], second.welcomes["D"][:2] + first.welcomes["D"][2:]):
        good, second.welcomes["D"] = second.welcomes["D"], mixed
        try:
            g.take_welcome(second, "D")
            return True
        except Refused:
            second.welcomes["D"] = good
    g.take_welcome(second, "D")
    return g["D"].secret != g["A"].secret


def shown_edges(rules):
    """The server says of one attempt that it failed, asks one leaf alone for its edges, and lets the others commit."""
    g = Group("shown", "ABCD", rules)
    g.dist()
    a = g.attempt(DIST, list("ABCD"), audit=rules.audit_bound)
    if not a.ctx[-1]:
        a.shown = [a.notes["edges"][0], a.notes["edges"][1]]
    if a.ctx[-1]:
        a = g.attempt(DIST, list("ABCD"))
    g.commit(a)
    return a.header[2] in spoils(g, [])


def audit_edges(rules):
    """Edges shown in an audit, stored ones among them, open no later attempt, whatever the sid."""
    g = Group("audit", "ABCDEX", rules)
    g.dist()
    g.forced_sid = bytes(32)
    g.change([], ["X"])
    g.attempt(LEAVE, g.leaving(), audit=True)
    a = g.leave()
    g.change(["N"], [])
    g.attempt(JOIN, [g.ring[0], g.ring[-1], "N"], ["N"], audit=True)
    b = g.join(["N"])
    won = spoils(g, ["X"])
    return a.header[2] in won or b.header[2] in won


def random_operation(g, dice, gone, fresh):
    """One operation, sometimes after failed attempts and under a sid the server uses again and again."""
    g.forced_sid = bytes(32) if dice.random() < 0.3 else None
    kind = dice.random()
    if kind < 0.35:
        new = [next(fresh, None)]
        if new[0] is None:
            return
        g.change(new, [])
        if len(g.ring) >= 2:
            if dice.random() < 0.4:
                g.attempt(JOIN, [g.ring[0], g.ring[-1]] + new, new)
            g.join(new, dice.choice(g.ring))
        else:
            g.dist()
    elif kind < 0.7 and len(g.roster) > 1:
        if dice.random() < 0.4:
            g.attempt(DIST, list(g.roster))
        for name in dice.sample(g.roster, dice.randint(1, max(1, len(g.roster) // 2))):
            g.change([], [name])
            gone[name] = g.epoch
        rest = g.leaving()
        if len(rest) >= 2 and dice.random() < 0.3:
            g.attempt(LEAVE, rest)
            last = dice.choice(rest)
            g.change([], [last])
            gone[last] = g.epoch
        if g.leaving():
            g.leave()
        else:
            g.dist()
    elif kind < 0.85:
        g.update()
    else:
        g.dist()


ATTACKS = [
    (reused_sid, "bind_ctx"),
    (reused_mask_key, "bind_ctx"),
    (same_context_twice, "one_answer"),
    (join_with_pending_removal, "check_op"),
    (update_with_pending_removal, "check_op"),
    (removed_and_added_again, "check_op"),
    (substituted_prekey, "signed_prekeys"),
    (compromise_opens_the_past, "ratchet"),
    (join_attempts_share_the_virtual_user, "virtual_bound"),
    (shown_edges, "audit_bound"),
    (audit_edges, "bind_ctx"),
    (former_member_and_dump, None),
    (joiner_and_dump, None),
    (removed_still_sealed_to, None),
    (split_start, None),
    (failed_attempts, None),
    (old_welcome, None),
]


def main():
    check()
    bad = 0
    for attack, rule in ATTACKS:
        won = attack(Rules())
        without = attack(Rules(**{rule: False})) if rule else None
        ok = not won and without is not False
        bad += not ok
        note = "" if rule is None else ", without %s %s" % (rule, "won" if without else "STILL LOST")
        print("%-4s %s: %s%s" % ("ok" if ok else "BAD", attack.__name__, "WON" if won else "lost", note))
    return bad


if __name__ == "__main__":
    sys.exit(main())
