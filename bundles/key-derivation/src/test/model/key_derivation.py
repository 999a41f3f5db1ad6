# SPDX-FileCopyrightText: 2026 The Sekisho Authors
# SPDX-License-Identifier: Apache-2.0
"""Independent model of the equations of docs/protocols/0035 (scheme key-derivation), on primitives.py.

A group of leaves, one key derivation server that records all it sees, and DIST, JOIN, LEAVE and UPDATE with as many
failed attempts as asked for. Signatures are taken as perfect: a leaf's words cannot be forged, the server's are its own.

Rules switches single protections off, so that attacks.py can show that each of them is needed.
"""
from dataclasses import dataclass, field

from primitives import ZERO, aead_open, aead_seal, agree, cbor, ext, h, kdf, mac, public, seal, sha256, unseal, xor

DIST, JOIN, LEAVE, UPDATE = range(4)
NONCE = bytes(12)
SCHEME = "key-derivation"


@dataclass(frozen=True)
class Rules:
    """What keeps the protocol safe. All true is the protocol."""

    bind_ctx: bool = True  # F2: every context of the ring begins with ctxHash
    check_op: bool = True  # F4: the operation fits the roster's steps, for passive members too
    signed_prekeys: bool = True  # F3: a sponsor seals only to prekeys signed by their leaf
    ratchet: bool = True  # stored edges and rs move on with each epoch
    one_answer: bool = True  # F2: a context is run once; an attempt is not taken up again
    sealed_to_removed: bool = False  # must stay false: K1 for removed leaves
    virtual_bound: bool = True  # r_V is of this context only
    audit_bound: bool = True  # edges are shown only in attempts whose context says that they make no key


class Refused(Exception):
    """A leaf does not go along."""


class Randomness:
    """Fixed randomness: the n-th octets asked of a seed."""

    def __init__(self, seed):
        self.seed, self.n = seed, 0

    def __call__(self, n=32):
        self.n += 1
        out = b""
        while len(out) < n:
            out += sha256(b"%s %d %d" % (self.seed.encode(), self.n, len(out)))
        return out[:n]


# --- equations ------------------------------------------------------------------------------------------------------


def round1(st, rho, ctx_hash, leaf):
    """The ephemeral secrets of one leaf in one context."""
    prk = ext(st, rho)
    r, k, s = (kdf(prk, label, [ctx_hash]) for label in ("dmkd r", "dmkd k", "dmkd s"))
    return {"r": r, "k": k, "s": s, "R": public(r), "c": commitment(ctx_hash, leaf, k, s)}


def commitment(ctx_hash, leaf, k, s):
    return h(["dmkd commit", ctx_hash, leaf, k, s])


def sid_of(ctx_hash, firsts):
    return h(["dmkd sid", ctx_hash, [list(first) for first in firsts]])


def lone_sid(ctx_hash):
    """UPDATE and n = 1."""
    return h(["dmkd sid", ctx_hash])


def edge(rules, secret, ctx_hash, sid, i, left, right):
    return kdf(secret, "dmkd edge", ([ctx_hash] if rules.bind_ctx else []) + [sid, i, left, right])


def mask_key(rules, k1l, ctx_hash, sid):
    return kdf(k1l, "dmkd mask", ([ctx_hash] if rules.bind_ctx else []) + [sid])


def mask_aad(sid, leaf):
    return sid + leaf


def k2_of(ctx_hash, sid, kp, k1, k1l):
    return ext(h(["dmkd K2", ctx_hash, sid]), xor(kp, k1) + k1l)


def virtual(rules, rs, ctx_hash):
    return kdf(rs, "dmkd virt", [ctx_hash] if rules.virtual_bound else [])


def update_k2(rs, ctx_hash):
    return kdf(rs, "dmkd update", [ctx_hash])


def solo(st, rho, ctx_hash):
    return kdf(ext(st, rho), "dmkd solo", [ctx_hash])


def scheme_secret(k1, k2):
    return ext(k1, k2)


def transcript(ctx_hash, sid, kp, mask):
    return h(["dmkd", ctx_hash, sid, kp, None if mask is None else sha256(mask)])


def state(secret, header_hash):
    return kdf(secret, "dmkd state", [header_hash])


def stored_edge(secret, header_hash, left, right):
    return kdf(secret, "dmkd H", [header_hash, left, right])


def ratcheted(stored, header_hash):
    return kdf(stored, "dmkd edge ratchet", [header_hash])


def leaf_tag(secret, header_hash, leaf):
    """F28: what one leaf says, and nobody can echo."""
    return kdf(secret, "dmkd confirm", [header_hash, leaf])


def confirm_tag(header_hash, secret):
    """The host's schedule: HMAC(KDF(epoch_secret, "confirm"), headerHash)."""
    return mac(kdf(ext(header_hash, secret), "confirm"), header_hash)


def epoch_hash(header, tag):
    return h(["epoch", header, tag])


# --- leaves, server, group --------------------------------------------------------------------------------------------


class Leaf:
    def __init__(self, name, random):
        self.name, self.random = name, random
        self.id = sha256(b"leaf " + name.encode())
        self.st, self.hpke = random(), random()
        self.rs = self.left = self.right = self.secret = None
        self.epoch, self.seen = 0, set()
        self.prekeys = {}  # public -> private
        self.learned = []  # all it ever held, for the day it turns traitor: (kind, value)

    def knows(self, kind, value):
        self.learned.append((kind, value))
        return value

    def prekey(self):
        private = self.random()
        self.prekeys[public(private)] = private
        return public(private)


@dataclass
class Attempt:
    """Everything the server saw and made in one attempt; the dump an attacker is given."""

    ctx: list
    ctx_hash: bytes
    op: int
    active: list
    roster: list
    virtual: bool = False
    fresh: set = field(default_factory=set)
    sid: bytes = b""
    firsts: list = field(default_factory=list)  # [id, R or None, c]
    t: list = field(default_factory=list)
    opened: list = field(default_factory=list)  # [k, s] of everybody but the representative
    mask: bytes = b""
    kp: bytes = b""
    ks: bytes = b""
    k1: bytes = b""
    sealed: dict = field(default_factory=dict)
    ephemerals: dict = field(default_factory=dict)
    header: list = None
    tag: bytes = b""
    welcomes: dict = field(default_factory=dict)
    shown: list = field(default_factory=list)  # edges that leaves showed
    notes: dict = field(default_factory=dict)  # secrets no server sees: for the vectors only


class Group:
    def __init__(self, seed, names, rules=Rules()):
        self.rules, self.random = rules, Randomness(seed)
        self.id, self.policy_hash = self.random(16), self.random()
        self.epoch, self.previous, self.cohort = 0, None, 0
        self.leaves, self.ring, self.steps, self.attempts, self.tries = {}, [], [], [], 0
        self.roster, self.forced_sid, self.ring_hash = [], None, h(["dmkd ring", None])
        self.change(names, [])
        self.steps = []

    def __getitem__(self, name):
        return self.leaves[name]

    def change(self, added, removed):
        """One step of the signed roster."""
        for name in removed:
            self.roster.remove(name)
        for name in added:
            if name not in self.leaves or name in removed:
                self.leaves[name] = Leaf(name, self.random)
            self.roster.append(name)
        self.steps.append((set(added), set(removed)))
        self.roster_hash = h(["model roster", len(self.attempts), len(self.steps), [self[n].id for n in self.roster]])

    def permitted(self, op, active, joiners):
        """F4, as every leaf checks it, the passive ones included."""
        removed = set().union(set(), *(r for _, r in self.steps))
        added = set().union(set(), *(a for a, _ in self.steps))
        if removed and added:
            fits = op == DIST
        elif removed:
            fits = op in (LEAVE, DIST)
        elif added:
            fits = op in (JOIN, DIST)
        else:
            fits = op in (UPDATE, DIST, JOIN)
        fits = fits and all(name in self.roster for name in active) and len(set(active)) == len(active)
        if op == JOIN:
            old = active[: len(active) - len(joiners)]
            fits = fits and bool(joiners) and active[len(old) :] == joiners and not set(joiners) & set(self.ring)
            fits = fits and len(old) == 2 and old[0] in self.ring
            at = self.ring.index(old[0]) if fits else 0
            fits = fits and self.ring[at - 1] == old[1] and old[0] != old[1]
        elif op == LEAVE:
            rest = [name for name in self.ring if name in active]
            at = rest.index(active[0]) if active[0] in rest else 0
            fits = fits and rest[at:] + rest[:at] == active
        return fits

    def places(self, names):
        """Where names stand in the roster, in its order, in the longest runs of ascending ones; a ghost stands nowhere."""
        order = sorted(self[name].id for name in self.roster)
        runs = []
        for name in names:
            at = order.index(self[name].id) if name in self.roster else None
            if runs and None not in (at, runs[-1][0]) and sum(runs[-1]) == at:
                runs[-1][1] += 1
            else:
                runs.append([at, 1])
        return runs

    # One attempt, up to the point where the server could hand out the results.
    def attempt(self, op, active, joiners=(), audit=False):
        rules, joiners = self.rules, list(joiners)
        self.tries += 1
        ctx = [
            1,
            self.id,
            self.epoch + 1,
            op,
            self.tries,
            self.previous,
            self.roster_hash,
            self.places(active),
            self[active[0]].id,
            self.ring_hash,
            self.places(joiners),
            audit,
        ]
        a = Attempt(ctx, h(ctx), op, list(active), sorted(self[name].id for name in self.roster))
        if rules.check_op and not self.permitted(op, list(active), joiners):
            raise Refused("operation does not fit the roster's steps")
        for name in active:
            if rules.one_answer and a.ctx_hash in self[name].seen:
                raise Refused("context already answered")
            self[name].seen.add(a.ctx_hash)
        self.attempts.append(a)
        if op == UPDATE:
            return self._update(a)
        if len(active) == 1:
            return self._solo(a)
        return self._ring(a)

    def _update(self, a):
        a.sid, a.kp, a.mask, a.k1 = lone_sid(a.ctx_hash), None, None, self.random()
        self._seal(a, [n for n in self.ring if n in self.roster])
        return a

    def _solo(self, a):
        leaf = self[a.active[0]]
        rho = self.random(64)
        a.sid, a.kp, a.mask = lone_sid(a.ctx_hash), None, None
        a.notes = {"st": leaf.st, "rho": rho, "secret": solo(leaf.st, rho, a.ctx_hash)}
        return a

    def _ring(self, a):
        rules, n = self.rules, len(a.active)
        leaves = [self[name] for name in a.active]
        a.virtual = a.op == JOIN
        for i, name in enumerate(a.active):
            following = a.active[(i + 1) % n]
            stored = name in self.ring and following == self.ring[(self.ring.index(name) + 1) % len(self.ring)]
            if a.op != LEAVE or not stored or len(self.ring) < 2:
                if not (a.virtual and i == 0):
                    a.fresh.add(i)
        rhos = [self.random(64) for _ in leaves]
        firsts = [round1(leaf.st, rho, a.ctx_hash, leaf.id) for leaf, rho in zip(leaves, rhos)]
        for i, (leaf, first) in enumerate(zip(leaves, firsts)):
            needed = a.virtual and i == 0 or i in a.fresh or (i - 1) % n in a.fresh
            a.firsts.append([leaf.id, first["R"] if needed else None, first["c"]])
        a.sid = self.forced_sid or sid_of(a.ctx_hash, a.firsts)
        # edge secrets: of leaf i to its right; what lies at its left is the edge of i - 1
        rights, lefts = [], []
        r_v = virtual(rules, leaves[0].rs, a.ctx_hash) if a.virtual else None
        for i, leaf in enumerate(leaves):
            nxt, before = (i + 1) % n, (i - 1) % n
            mine = firsts[i]["r"]
            if a.virtual and i == 0:
                right = agree(mine, public(r_v))
            elif i in a.fresh:
                right = agree(mine, a.firsts[nxt][1])
            else:
                right = leaf.right
            if a.virtual and before == 0:
                left = agree(virtual(rules, leaf.rs, a.ctx_hash), a.firsts[before][1])
            elif before in a.fresh:
                left = agree(mine, a.firsts[before][1])
            else:
                left = leaf.left
            rights.append(leaf.knows("edge", right))
            lefts.append(leaf.knows("edge", left))
        edges = []
        for i, leaf in enumerate(leaves):
            right = edge(rules, rights[i], a.ctx_hash, a.sid, i, leaf.id, leaves[(i + 1) % n].id)
            j = (i + 1) % n
            assert right == edge(rules, lefts[j], a.ctx_hash, a.sid, i, leaf.id, leaves[j].id), "edges differ"
            edges.append(right)
        for i, leaf in enumerate(leaves):
            leaf.knows("E", edges[i])
            leaf.knows("E", edges[i - 1])
        a.t = [xor(edges[i - 1], edges[i]) for i in range(n)]
        assert xor(*a.t) == ZERO
        if a.ctx[-1]:
            a.shown = edges
            return a
        a.opened = [(first["k"], first["s"]) for first in firsts[1:]]
        for first, (k, s) in zip(a.firsts[1:], a.opened):
            assert commitment(a.ctx_hash, first[0], k, s) == first[2]
        key = mask_key(rules, edges[n - 1], a.ctx_hash, a.sid)
        aad = mask_aad(a.sid, leaves[0].id)
        a.mask = aead_seal(key, NONCE, aad, firsts[0]["k"] + firsts[0]["s"])
        a.ks, a.k1 = self.random(), self.random()
        a.kp = xor(a.ks, *(k for k, _ in a.opened))
        for leaf in leaves:
            leaf.knows("E", edges[n - 1])
        passive = [m for m in self.ring if m not in a.active and m in self.roster] if a.op == JOIN else []
        if rules.sealed_to_removed:
            passive += [m for m in self.ring if m not in self.roster]
        self._seal(a, a.active + passive)
        a.notes = {
            "rhos": rhos,
            "firsts": firsts,
            "edges": edges,
            "rights": rights,
            "lefts": lefts,
            "r_v": r_v,
            "mask_key": key,
            "passive": passive,
        }
        return a

    def _seal(self, a, names):
        ephemerals = {}
        for name in names:
            leaf, ephemeral = self[name], self.random()
            context = [a.ctx_hash, a.sid, leaf.id]
            a.sealed[name] = seal(public(leaf.hpke), "dmkd K1", context, a.k1, ephemeral)
            ephemerals[name] = ephemeral
        a.ephemerals = ephemerals

    # What one leaf makes of the server's last word; None when it does not open.
    def derive(self, a, name):
        leaf = self[name]
        if a.op != UPDATE and len(a.active) == 1:
            return a.notes["secret"]
        k1 = unseal(leaf.hpke, "dmkd K1", [a.ctx_hash, a.sid, leaf.id], a.sealed[name])
        if a.op == UPDATE:
            return scheme_secret(k1, update_k2(leaf.rs, a.ctx_hash))
        if name in a.active:
            i = a.active.index(name)
            prefix = xor(ZERO, *a.t[:i])
            k1l = xor(prefix, a.notes["edges"][i - 1])
        else:
            first = a.firsts[0]
            h_v = agree(virtual(self.rules, leaf.rs, a.ctx_hash), first[1])
            k1l = xor(a.t[0], edge(self.rules, h_v, a.ctx_hash, a.sid, 0, first[0], a.firsts[1][0]))
        opened = open_mask(self.rules, a, k1l)
        if opened is None:
            return None
        return scheme_secret(k1, leaf.knows("K2", k2_of(a.ctx_hash, a.sid, a.kp, opened, k1l)))

    def commit(self, a):
        """All who can derive do, agree, store and move on."""
        everybody = [n for n in self.ring if n in self.roster] if a.op in (UPDATE, JOIN) else []
        keyed = list(dict.fromkeys(a.active + everybody))
        secrets = {name: self.derive(a, name) for name in keyed}
        assert len(set(secrets.values())) == 1 and None not in secrets.values(), "no agreement"
        secret = secrets[keyed[0]]
        removed = any(r for _, r in self.steps)
        self.cohort += 1 if removed or a.op == DIST and self.epoch else 0
        header = [1, self.id, self.epoch + 1, SCHEME, self.previous, self.roster_hash, self.policy_hash]
        header += [transcript(a.ctx_hash, a.sid, a.kp, a.mask), self.cohort]
        a.header, header_hash = header, h(header)
        a.tag = confirm_tag(header_hash, secret)
        a.notes["secret"] = secret
        if a.op in (DIST, LEAVE) or not self.ring:
            ring = list(a.active)
        elif a.op == JOIN:
            at = self.ring.index(a.active[0])
            ring = self.ring[at:] + self.ring[:at] + a.active[2:]
        else:
            ring = list(self.ring)
        new = {}
        for name in ring:
            leaf = self[name]
            left, right = leaf.left, leaf.right
            i = a.active.index(name) if name in a.active and "edges" in a.notes else -1
            n = len(a.active)
            before, after = ring[ring.index(name) - 1], ring[(ring.index(name) + 1) % len(ring)]
            fresh_right = i >= 0 and i in a.fresh
            fresh_left = i >= 0 and (i - 1) % n in a.fresh
            new[name] = (
                self._next(left, a.notes["lefts"][i] if fresh_left else None, header_hash, before, name),
                self._next(right, a.notes["rights"][i] if fresh_right else None, header_hash, name, after),
            )
        for name in keyed:
            leaf = self[name]
            leaf.rs = leaf.knows("rs", state(secret, header_hash))
            leaf.secret, leaf.epoch = leaf.knows("secret", secret), self.epoch + 1
        for name, (left, right) in new.items():
            leaf = self[name]
            leaf.left = left and leaf.knows("edge", left)
            leaf.right = right and leaf.knows("edge", right)
        for name in set(self.ring) - set(ring):
            self[name].left = self[name].right = None
        for i, name in enumerate(ring):
            assert len(ring) == 1 or self[name].right == self[ring[(i + 1) % len(ring)]].left, "stored edges differ"
        self.ring, self.steps, self.tries = ring, [], 0
        if a.op != UPDATE:
            self.ring_hash = h(["dmkd ring", a.ctx_hash])
        self.previous = epoch_hash(header, a.tag)
        self.epoch += 1
        return a

    def _next(self, stored, fresh, header_hash, left, right):
        if fresh is not None:
            return stored_edge(fresh, header_hash, self[left].id, self[right].id)
        if stored is None:
            return None
        return ratcheted(stored, header_hash) if self.rules.ratchet else stored

    # Operations as the server starts them when nothing goes wrong.
    def dist(self, active=None):
        return self.commit(self.attempt(DIST, active or list(self.roster)))

    def join(self, joiners, representative=None):
        if len(self.ring) < 2:
            return self.dist(self.ring + list(joiners))
        at = self.ring.index(representative or self.ring[0])
        active = [self.ring[at], self.ring[at - 1]] + list(joiners)
        return self.commit(self.attempt(JOIN, active, joiners))

    def leaving(self, online=None):
        """The active leaves of a LEAVE: the ring's rest, beginning after a gap."""
        rest = [n for n in self.ring if n in self.roster and (online is None or n in online)]
        for i, name in enumerate(rest):
            if self.ring[self.ring.index(name) - 1] != rest[i - 1]:
                return rest[i:] + rest[:i]
        return rest

    def leave(self, online=None):
        active = self.leaving(online)
        return self.dist(active) if len(active) < 2 else self.commit(self.attempt(LEAVE, active))

    def update(self):
        return self.commit(self.attempt(UPDATE, [self.ring[0]]))

    def prekey(self, name, offered, kind=0, not_after=1_800_000_000):
        """The structure that a leaf signs."""
        return [1, self.id, self[name].id, sha256(b"id" + offered)[:16], kind, offered, not_after]

    # F3: for a leaf that was away. ``offered`` is what the server says is the leaf's prekey.
    def welcome(self, a, name, offered):
        leaf = self[name]
        prekey = self.prekey(name, offered)
        if self.rules.signed_prekeys and offered not in leaf.prekeys:
            raise Refused("prekey without its leaf's signature")
        sponsor = self[a.active[0]]
        k2 = next(value for kind, value in reversed(sponsor.learned) if kind == "K2")
        context = [h(a.header), leaf.id, h(prekey)]
        ephemerals = self.random(), self.random()
        user = seal(offered, "dmkd welcome u", context, k2, ephemerals[0])
        server = seal(offered, "dmkd welcome s", context, a.k1, ephemerals[1])
        a.welcomes[name] = (offered, user, server)
        return {"prekey": prekey, "context": context, "k2": k2, "ephemerals": ephemerals, "u": user, "s": server}

    def take_welcome(self, a, name):
        leaf = self[name]
        offered, user, server = a.welcomes[name]
        private = leaf.prekeys.get(offered)
        if private is None:
            raise Refused("not my prekey")
        context = [h(a.header), leaf.id, h(self.prekey(name, offered))]
        k2, k1 = unseal(private, "dmkd welcome u", context, user), unseal(private, "dmkd welcome s", context, server)
        if k1 is None or k2 is None:
            raise Refused("welcome does not open")
        secret = scheme_secret(k1, k2)
        if confirm_tag(h(a.header), secret) != a.tag:
            raise Refused("confirmation tag differs")
        del leaf.prekeys[offered]
        leaf.secret, leaf.rs, leaf.epoch = leaf.knows("secret", secret), state(secret, h(a.header)), a.header[2]
        leaf.knows("rs", leaf.rs)
        leaf.left = leaf.right = None


def open_mask(rules, a, k1l):
    """k of the representative, or None."""
    representative = a.firsts[0]
    key = mask_key(rules, k1l, a.ctx_hash, a.sid)
    plain = aead_open(key, NONCE, mask_aad(a.sid, representative[0]), a.mask)
    if plain is None or commitment(a.ctx_hash, representative[0], plain[:32], plain[32:]) != representative[2]:
        return None
    return plain[:32]
