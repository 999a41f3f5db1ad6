# SPDX-FileCopyrightText: 2026 The Sekisho Authors
# SPDX-License-Identifier: Apache-2.0
"""Independent model of docs/protocols/0050-search-index.md; writes the known answers that SegmentVectorsTest checks.
Needs the package `cryptography`. Usage: python3 vectors.py > ../resources/org/sekisho/searchindex/segment-v1.properties"""
import hashlib
import hmac
import unicodedata

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def head(major, n):
    for size, info in ((0, None), (1, 24), (2, 25), (4, 26), (8, 27)):
        if size == 0:
            if n < 24:
                return bytes([major << 5 | n])
        elif n < 1 << 8 * size:
            return bytes([major << 5 | info]) + n.to_bytes(size, "big")


def cbor(x):
    if x is None:
        return b"\xf6"
    if isinstance(x, bool):
        return b"\xf5" if x else b"\xf4"
    if isinstance(x, int):
        return head(0, x)
    if isinstance(x, str):
        return head(3, len(x.encode())) + x.encode()
    if isinstance(x, bytes):
        return head(2, len(x)) + x
    return head(4, len(x)) + b"".join(map(cbor, x))


def H(x):
    return hashlib.sha256(x).digest()


def mac(k, m):
    return hmac.new(k, m, hashlib.sha256).digest()


def kdf(k, label, context, n):
    info, out, t, i = cbor(["sekisho1", label, context, n]), b"", b"", 1
    while len(out) < n:
        t = mac(k, t + info + bytes([i]))
        out, i = out + t, i + 1
    return out[:n]


def u32(n):
    return n.to_bytes(4, "big")


GROUP, SEG, WRITER = bytes(range(16)), bytes(range(16, 32)), bytes(range(32, 64))
EXPORTER, EPOCH_HASH, ROSTER_HASH = b"\x11" * 32, b"\x22" * 32, b"\x33" * 32
COHORT = 3
KEY = Ed25519PrivateKey.from_private_bytes(b"\x44" * 32)

sk = kdf(EXPORTER, "int/sse", [GROUP, COHORT], 32)
newest = kdf(b"\x12" * 32, "int/sse", [GROUP, 5], 32)
under = mac(newest, sk)  # EXT(SK_k, SK_j)
seg = kdf(sk, "sse seg", [GROUP, SEG, WRITER], 32)
enc, dirk, pad = (kdf(seg, l, [], 32) for l in ("sse enc", "sse dir", "sse pad"))


def normal(s):
    s = unicodedata.normalize("NFKC", s)
    s = s.upper().lower().replace("\u03c2", "\u03c3")
    s = unicodedata.normalize("NFKC", s)
    return "".join(chr(ord(c) - 0x60) if 0x30A1 <= ord(c) <= 0x30F6 else c for c in s)


def run(c):
    n = unicodedata.name(c, "")
    return c == "\u30fc" or any(n.startswith(p) for p in ("CJK UNIFIED", "HIRAGANA", "KATAKANA LETTER", "HANGUL"))


def tokens(sender, month, text):
    t, s, i = {b"\x04" + sender, b"\x05" + month.encode()}, normal(text), 0
    while i < len(s):
        if run(s[i]):
            j = i
            while j < len(s) and run(s[j]):
                j += 1
            for k in range(i, j):
                if unicodedata.name(s[k]).startswith("CJK UNIFIED"):
                    t.add(b"\x03" + s[k].encode())
                if k + 1 < j:
                    t.add(b"\x02" + s[k:k + 2].encode())
        elif s[i].isalnum():
            j = i
            while j < len(s) and s[j].isalnum() and not run(s[j]):
                j += 1
            t.add(b"\x01" + s[i:j].encode())
        else:
            j = i + 1
        i = j
    return sorted(t)


TEXTS = ["Stra\u00dfe nach \u51fa\u96f2\u5927\u793e", "\uff97\uff70\uff92\uff9d\u3068\u6d77\u9bae, STRASSE!", "plain words, plain"]
items = []
for i, text in enumerate(TEXTS):
    items.append((bytes([0xA0 + i]) * 16, 29000000 + i, WRITER, tokens(WRITER, "2026-11", text)))
items.sort(key=lambda x: (-x[1], x[0], x[2]))


def segment(level):
    B = 1 if level == 0 else 8
    base, rows = min(i[1] for i in items), []

    def row(label, block):
        rows.append(label + AESGCM(enc).encrypt(label[:12], block, SEG + label))
    for w in sorted({w for i in items for w in i[3]}):
        tau = mac(seg, b"kw" + w)
        ps = [m + u32(minute - base) for m, minute, _, ws in items if w in ws]
        for c in range((len(ps) + B - 1) // B):
            row(mac(tau, b"L" + u32(c))[:16], b"".join(ps[c * B:(c + 1) * B]).ljust(20 * B, b"\0"))
    i = 0
    while i == 0 or len(rows) % 8:
        row(mac(pad, b"P" + u32(i))[:16], bytes(20 * B))
        i += 1
    return base, b"".join(sorted(rows)), len(rows)


senders = sorted({i[2] for i in items})
words = sorted({w for i in items for w in i[3]})
plain = cbor([1, senders, words, [[m, minute, senders.index(s), [words.index(w) for w in ws]] for m, minute, s, ws in items]])
size = 4096
while size < len(plain) + 4:
    size *= 2
plain = (u32(len(plain)) + plain).ljust(size, b"\0")
place = u32(0) + b"\1"
directory = AESGCM(dirk).encrypt(bytes(7) + place, plain, GROUP + SEG + place)

base, rows, n = segment(0)
h0 = H(cbor(["sse log", GROUP]))
manifest = cbor([1, GROUP, WRITER, EPOCH_HASH, ROSTER_HASH, SEG, COHORT, COHORT, 0, 1740000000, base, [1, 13, 3], 0, n,
                 H(cbor(["sse rows", rows])), len(directory), H(directory), [], [], 0, h0])
sig = KEY.sign(b"sekisho1/sse manifest\0" + manifest)
entry = cbor([1, 0, manifest, sig])
h1 = H(cbor(["sse log", h0, H(entry)]))
tomb = cbor([1, GROUP, WRITER, EPOCH_HASH, ROSTER_HASH, b"\xa0" * 16])
audit = cbor([1, GROUP, WRITER, EPOCH_HASH, ROSTER_HASH, SEG, H(directory), True])
join = kdf(EXPORTER, "int/pre join", [GROUP, COHORT], 32)
sealed = AESGCM(kdf(join, "sse ring entry", [GROUP, COHORT], 32)).encrypt(bytes(12), sk, cbor([GROUP, COHORT]))
ring = cbor([1, [[COHORT, None, sealed]]])
_, merged, _ = segment(1)
out = {
    "group": GROUP, "segment": SEG, "writer": WRITER, "exporter": EXPORTER, "seed": b"\x44" * 32,
    "public": KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw),
    "cohortKey": sk, "newestKey": newest, "under": under, "word": b"\x02" + "\u51fa\u96f2".encode(),
    "token": mac(seg, b"kw\x02" + "\u51fa\u96f2".encode()), "label1": mac(mac(seg, b"kw\x02" + "\u51fa\u96f2".encode()), b"L" + u32(1))[:16],
    "padding0": mac(pad, b"P" + u32(0))[:16], "rows": rows, "mergedRows": merged, "directory": H(directory),
    "manifest": manifest, "entry": entry, "head1": h1, "tombstone": tomb, "audit": audit, "joinKey": join, "ringEntry": sealed, "ring": ring,
}
for i, (_, _, _, ws) in enumerate(sorted(items)):
    out["tokens%d" % i] = cbor(ws)
print("# SPDX-FileCopyrightText: 2026 The Sekisho Authors\n# SPDX-License-Identifier: Apache-2.0\n# Made by src/test/python/vectors.py. Frozen: segments were written with it.")
for k, v in out.items():
    print(k + "=" + v.hex())
