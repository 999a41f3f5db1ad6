# SPDX-FileCopyrightText: 2026 The Sekisho Authors
# SPDX-License-Identifier: Apache-2.0
"""An independent model of the message store's cryptography: integers, RFC 7748's ladder, and pyca's AES-GCM.

python3 pre_vectors.py > ../resources/org/sekisho/crypto/pre-v1.properties

The output is frozen: a change of it is a change of the wire format.
"""
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from vectors import H, SIGN, cbor, expand, mac

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493


def kdf(key, label, context, n):
    return expand(key, cbor(["sekisho1", label, context, n]), n)


def x25519(k, u):
    """RFC 7748 section 5, on a scalar that clamping does not change."""
    assert k % 8 == 0 and k >> 254 == 1
    x2, z2, x3, z3 = 1, 0, u, 1
    for t in range(254, -1, -1):
        bit = k >> t & 1
        if bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a, b * b, d * a, c * b
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
        if bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
    return x2 * pow(z2, P - 2, P) % P


def representative(s):
    t = s * pow(8, -1, ORDER) % ORDER
    if t.bit_length() != 252:
        t = ORDER - t
    assert t.bit_length() == 252
    return 8 * t


def times(s, u):
    return x25519(representative(s % ORDER), u)


def le(n):
    return n.to_bytes(32, "little")


def scalar(wide):
    return int.from_bytes(wide, "little") % ORDER


def counting(first, n):
    return bytes((first + i) % 256 for i in range(n))


group, message, cohort = counting(0x10, 16), counting(0x20, 16), 7
sender, join = counting(0x30, 32), counting(0x50, 32)


def epoch_scalar(root, j):
    return scalar(kdf(root, "pre scalar", [group, cohort, j, 0], 64))


out = {}
roots = [counting(16 * e, 32) for e in range(4)]
s = [epoch_scalar(root, None) for root in roots]
joined = epoch_scalar(roots[0], join)
for e in range(4):
    out["scalar.%d" % e] = le(s[e])
    out["point.%d" % e] = le(times(s[e], 9))
out["point.joined"] = le(times(joined, 9))

seed = mac(counting(0x80, 64), le(s[0]))
t = scalar(kdf(seed, "pre ephemeral", [message, 0], 64))
shared = times(t, 9)
c = [times(t * s[0], 9)]
for e in range(3):
    delta = s[e + 1] * pow(s[e], -1, ORDER) % ORDER
    out["token.%d" % e] = le(delta)
    c.append(times(delta, c[e]))
    assert times(pow(s[e + 1], -1, ORDER), c[e + 1]) == shared
for e in range(4):
    out["header.%d" % e] = le(c[e])
out["token.composed"] = le(s[3] * pow(s[0], -1, ORDER) % ORDER)
assert times(s[3] * pow(s[0], -1, ORDER), c[0]) == c[3]

prk = mac(b"sekisho1 pre", le(shared))
dek = kdf(prk, "pre dek", [group, message, cohort], 32)
com = kdf(prk, "pre commit", [group, message, cohort], 32)
out["commitment"] = com

plain = [counting(0, 64), b"the end"]
meta = cbor([1, group, message, cohort, H(b"epoch"), H(b"roster"), sender, 1, None, 1700000000000, "text/plain", 64, 2,
             sum(map(len, plain)), com])
out["meta"] = meta
sealed = []
for i, chunk in enumerate(plain):
    place = i.to_bytes(4, "big") + bytes([i == len(plain) - 1])
    sealed.append(AESGCM(dek).encrypt(bytes(7) + place, chunk, H(meta) + place))
    out["chunk.%d" % i] = sealed[i]
hashes = [H(cbor(["pre chunk", i, i == len(sealed) - 1, ct])) for i, ct in enumerate(sealed)]
root = H(cbor(["pre body", hashes]))
out["bodyRoot"] = root
out["hash"] = H(cbor(["pre message", H(meta), root]))
out["signature"] = SIGN(counting(0x20, 32), "pre msg", cbor([H(meta), root]))

print("# SPDX-FileCopyrightText: 2026 The Sekisho Authors")
print("# SPDX-License-Identifier: Apache-2.0")
print("# Made by src/test/python/pre_vectors.py; frozen.")
for name, value in out.items():
    print(name + "=" + value.hex())
