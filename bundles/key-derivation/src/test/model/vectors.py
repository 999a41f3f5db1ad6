#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sekisho Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes the frozen known answers: vectors.py > ../resources/key-derivation-vectors.json

Each case is one committed attempt of a group's life: what every active leaf drew, every value of section 3 of
docs/protocols/0035 on the way, and what is stored afterwards. All octets are in hexadecimal.
"""
import json

from key_derivation import DIST, JOIN, LEAVE, UPDATE, Group, k2_of, leaf_tag, update_k2
from primitives import cbor, check, h, public, sha256, xor

OPS = {DIST: "DIST", JOIN: "JOIN", LEAVE: "LEAVE", UPDATE: "UPDATE"}


def text(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (list, tuple)):
        return [text(v) for v in value]
    if isinstance(value, dict):
        return {k: text(v) for k, v in value.items()}
    return value


def before(group):
    """What every leaf of the ring stores before the step."""
    return {n: {"rs": group[n].rs, "left": group[n].left, "right": group[n].right} for n in group.ring}


def after(group):
    return {
        n: {"id": group[n].id, "rs": group[n].rs, "left": group[n].left, "right": group[n].right} for n in group.ring
    }


def case(name, group, held, a):
    notes, n, header_hash = a.notes, len(a.active), h(a.header)
    secret = notes["secret"]
    out = {
        "name": name,
        "op": OPS[a.op],
        "group": a.ctx[1],
        "epochTarget": a.ctx[2],
        "attempt": a.ctx[4],
        "previous": a.ctx[5],
        "rosterHash": a.ctx[6],
        "roster": a.roster,
        "active": [group[x].id for x in a.active],
        "ringHash": a.ctx[9],
        "joiners": [group[x].id for x in (a.active[2:] if a.op == JOIN else [])],
        "audit": a.ctx[11],
        "ctx": cbor(a.ctx),
        "ctxHash": a.ctx_hash,
        "sid": a.sid,
        "schemeSecret": secret,
        "transcriptHash": a.header[7],
        "header": cbor(a.header),
        "headerHash": header_hash,
        "confirmTag": a.tag,
        "leafTags": [[group[x].id, leaf_tag(secret, header_hash, group[x].id)] for x in group.ring],
        "ringHashAfter": group.ring_hash,
        "heldBefore": held,
        "heldAfter": after(group),
    }
    if a.op == UPDATE:
        out.update(k1=a.k1, k2=update_k2(held[a.active[0]]["rs"], a.ctx_hash), sealed=sealed(group, a))
    elif n == 1:
        out.update(st=notes["st"], rho=notes["rho"])
    else:
        out.update(
            leaves=[leaf(group, a, i) for i in range(n)],
            maskKey=notes["mask_key"],
            mask=a.mask,
            kServer=a.ks,
            k1=a.k1,
            kPrime=a.kp,
            k2=k2_of(a.ctx_hash, a.sid, a.kp, notes["firsts"][0]["k"], notes["edges"][-1]),
            sealed=sealed(group, a),
        )
    if a.op == JOIN:
        out.update(virtualScalar=notes["r_v"], virtualPoint=public(notes["r_v"]), passive=notes["passive"])
    return out


def leaf(group, a, i):
    notes, n, first = a.notes, len(a.active), a.notes["firsts"][i]
    member, j = group[a.active[i]], (i + 1) % n
    return {
        "name": a.active[i],
        "id": member.id,
        "st": member.st,
        "rho": notes["rhos"][i],
        "r": first["r"],
        "k": first["k"],
        "s": first["s"],
        "R": a.firsts[i][1],
        "c": first["c"],
        "d1": cbor([1, a.ctx_hash, member.id, a.firsts[i][1], first["c"]]),
        "edgeFresh": i in a.fresh or a.virtual and i == 0,
        "edgeSecret": notes["rights"][i],
        "edge": notes["edges"][i],
        "T": a.t[i],
        "P": xor(bytes(32), *a.t[:i]),
        "d3": cbor([1, a.ctx_hash, a.sid, member.id, a.t[i], a.mask if i == 0 else first["k"] + first["s"], None]),
        "audit": cbor([1, a.ctx_hash, a.sid, member.id, a.t[i], None, notes["edges"][i - 1] + notes["edges"][i]]),
    }


def sealed(group, a):
    return [
        {
            "id": group[n].id,
            "private": group[n].hpke,
            "public": public(group[n].hpke),
            "ephemeral": a.ephemerals[n],
            "sealed": a.sealed[n],
        }
        for n in a.sealed
    ]


def welcome(group, a, name):
    member = group[name]
    offered = member.prekey()
    private = member.prekeys[offered]
    w = group.welcome(a, name, offered)
    group.take_welcome(a, name)
    return {
        "id": member.id,
        "private": private,
        "public": offered,
        "headerHash": h(a.header),
        "ringHash": group.ring_hash,
        "prekey": cbor(w["prekey"]),
        "prekeyHash": h(w["prekey"]),
        "context": cbor(w["context"]),
        "k2": w["k2"],
        "k1": a.k1,
        "ephemeralUser": w["ephemerals"][0],
        "ephemeralServer": w["ephemerals"][1],
        "user": w["u"],
        "server": w["s"],
        "signedBySponsor": cbor([1, h(a.header), member.id, h(w["prekey"]), sha256(w["u"]), group.ring_hash]),
    }


def life():
    cases, welcomes = [], []

    def step(name, group, made):
        held = before(group)
        a = made()
        cases.append(case(name, group, held, a))
        return a

    for n in (1, 2, 3, 5):
        g = Group("dist %d" % n, "ABCDEFGH"[:n])
        step("dist %d" % n, g, g.dist)
        if n == 3:
            g.attempt(DIST, list("ABC"))
            step("dist 3 again, second attempt", g, g.dist)
    g = Group("a life", "ABCD")
    step("founding", g, g.dist)
    g.change(["E"], [])
    step("join 1, B and C passive", g, lambda: g.join(["E"]))
    g.change(["F", "G"], [])
    step("join 2, representative C", g, lambda: g.join(["F", "G"], "C"))
    step("update", g, g.update)
    g.change([], ["E"])
    step("leave, one gap", g, g.leave)
    g.change(["H"], [])
    step("join after leave", g, lambda: g.join(["H"]))
    g.change([], [g.ring[1]])
    g.change([], [g.ring[4]])
    step("leave, two gaps", g, g.leave)
    away = g.ring[2]
    a = step("dist without one who is away", g, lambda: g.dist([n for n in g.ring if n != away]))
    welcomes.append(welcome(g, a, away))
    step("join of who was away", g, lambda: g.join([away]))
    step("update again", g, g.update)
    # two are left: both edges at once between the same leaves
    g = Group("two", "ABC")
    step("founding of three", g, g.dist)
    g.change([], ["B"])
    step("leave to two", g, g.leave)
    g.change(["D"], [])
    step("join to two, nobody passive", g, lambda: g.join(["D"]))
    g.change([], ["A", "C"])
    step("leave to one", g, g.leave)
    return {"cases": cases, "welcomes": welcomes}


if __name__ == "__main__":
    check()
    print(json.dumps(text(life()), indent=1))
