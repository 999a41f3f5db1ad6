#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sekisho Authors
# SPDX-License-Identifier: Apache-2.0
"""Independent model of the equations of docs/protocols/0038 (hmac and hashlib only).

Writes the frozen vectors: two_random.py > ../resources/two-random-vectors.json
"""
import hashlib
import hmac
import json


def head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if n < 1 << (8 * size):
            return bytes([major << 5 | info]) + n.to_bytes(size, "big")
    raise ValueError(n)


def cbor(value):
    if value is None:
        return b"\xf6"
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        text = value.encode("utf-8")
        return head(3, len(text)) + text
    return head(4, len(value)) + b"".join(cbor(v) for v in value)


def h(value):
    return hashlib.sha256(cbor(value)).digest()


def extract(salt, ikm):
    return hmac.new(salt, ikm, hashlib.sha256).digest()


def kdf(key, label, context, n):
    info = cbor(["sekisho1", label, context, n])
    out, block, i = b"", b"", 1
    while len(out) < n:
        block = hmac.new(key, block + info + bytes([i]), hashlib.sha256).digest()
        out, i = out + block, i + 1
    return out[:n]


def octets(seed, n):
    return hashlib.sha256(seed.encode()).digest()[:n]


def case(i):
    rn1, rn2 = octets("rn1 %d" % i, 32), octets("rn2 %d" % i, 32)
    group, roster = octets("group %d" % i, 16), octets("roster %d" % i, 32)
    rn1_gen, rn2_gen = [(1, 1), (2, 24), (300, 70000), (2**32, 2**40)][i]
    step = h(["rn1 join step", group, rn1_gen, roster])
    last = None if i == 0 else step
    return {
        "rn1": rn1.hex(),
        "rn2": rn2.hex(),
        "group": group.hex(),
        "roster": roster.hex(),
        "rn1Gen": rn1_gen,
        "rn2Gen": rn2_gen,
        "schemeSecret": extract(rn2, rn1).hex(),
        "joinStep": kdf(rn1, "rn1 join", [group, rn1_gen, roster], 32).hex(),
        "joinStepHash": step.hex(),
        "lastStep": None if last is None else last.hex(),
        "transcriptHash": h(["rn12", rn1_gen, rn2_gen, roster, last]).hex(),
        "rn1Commitment": h(["rn1 commitment", group, rn1_gen, rn1]).hex(),
        "rn2Commitment": h(["rn2 commitment", group, rn2_gen, rn2]).hex(),
    }


if __name__ == "__main__":
    print(json.dumps([case(i) for i in range(4)], indent=2))
