# SPDX-FileCopyrightText: 2026 The Sekisho Authors
# SPDX-License-Identifier: Apache-2.0
"""What the model of docs/protocols/0035 stands on, from the standards' text and hashlib alone.

Deterministic CBOR (RFC 8949 4.2.1), HKDF (RFC 5869), X25519 (RFC 7748), AES-256-GCM (FIPS 197, SP 800-38D) and HPKE
base mode with X25519, HKDF-SHA256 and AES-256-GCM (RFC 9180). Slow, not in constant time: for vectors only.
"""
import functools
import hashlib
import hmac

ZERO = bytes(32)


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
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        text = value.encode("utf-8")
        return head(3, len(text)) + text
    return head(4, len(value)) + b"".join(cbor(v) for v in value)


def sha256(octets):
    return hashlib.sha256(octets).digest()


def h(value):
    """H of a structure: SHA-256 of its canonical octets."""
    return sha256(cbor(value))


def mac(key, octets):
    return hmac.new(key, octets, hashlib.sha256).digest()


def ext(salt, ikm):
    return mac(salt, ikm)


def expand(key, info, n):
    out, block, i = b"", b"", 1
    while len(out) < n:
        block = mac(key, block + info + bytes([i]))
        out, i = out + block, i + 1
    return out[:n]


def kdf(key, label, context=(), n=32):
    return expand(key, cbor(["sekisho1", label, list(context), n]), n)


def xor(*values):
    out = bytearray(len(values[0]))
    for value in values:
        assert len(value) == len(out)
        for i, b in enumerate(value):
            out[i] ^= b
    return bytes(out)


# --- X25519 ---------------------------------------------------------------------------------------------------------

P = 2**255 - 19


@functools.lru_cache(maxsize=None)
def x25519(scalar, point):
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    k = int.from_bytes(k, "little")
    u = int.from_bytes(point, "little") & ((1 << 255) - 1)
    x1, x2, z2, x3, z3, swap = u, 1, 0, u, 1, 0
    for t in range(254, -1, -1):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b = x2 + z2, x2 - z2
        aa, bb = a * a % P, b * b % P
        e = aa - bb
        da, cb = (x3 - z3) * a % P, (x3 + z3) * b % P
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


BASE = (9).to_bytes(32, "little")


def public(scalar):
    return x25519(scalar, BASE)


def agree(scalar, point):
    raw = x25519(scalar, point)
    assert raw != ZERO, "small order"
    return ext(b"sekisho1 dh", raw)


# --- AES-256-GCM ----------------------------------------------------------------------------------------------------


def _sbox():
    box, p, q = [0] * 256, 1, 1
    while True:
        p = p ^ (p << 1 & 255) ^ (0x1B if p & 128 else 0)
        q ^= q << 1
        q ^= q << 2
        q ^= q << 4
        q &= 255
        q ^= 9 if q & 128 else 0
        r = q
        for s in range(1, 5):
            r ^= (q << s | q >> (8 - s)) & 255
        box[p] = r ^ 0x63
        if p == 1:
            break
    box[0] = 0x63
    return box


SBOX = _sbox()


def _double(b):
    return b << 1 & 255 ^ (0x1B if b & 128 else 0)


@functools.lru_cache(maxsize=4096)
def _round_keys(key):
    words, rcon = [list(key[i : i + 4]) for i in range(0, 32, 4)], 1
    for i in range(8, 60):
        w = list(words[i - 1])
        if i % 8 == 0:
            w = [SBOX[b] for b in w[1:] + w[:1]]
            w[0] ^= rcon
            rcon = _double(rcon)
        elif i % 8 == 4:
            w = [SBOX[b] for b in w]
        words.append([a ^ b for a, b in zip(words[i - 8], w)])
    return [sum(words[4 * r : 4 * r + 4], []) for r in range(15)]


def _block(key, block):
    keys = _round_keys(key)
    s = [a ^ b for a, b in zip(block, keys[0])]
    for r in range(1, 15):
        s = [SBOX[s[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if r < 14:
            t = []
            for c in range(0, 16, 4):
                a = s[c : c + 4]
                for i in range(4):
                    t.append(
                        _double(a[i]) ^ _double(a[(i + 1) % 4]) ^ a[(i + 1) % 4] ^ a[(i + 2) % 4] ^ a[(i + 3) % 4]
                    )
            s = t
        s = [a ^ b for a, b in zip(s, keys[r])]
    return bytes(s)


def _ghash(hash_key, octets):
    y, hk = 0, int.from_bytes(hash_key, "big")
    for i in range(0, len(octets), 16):
        x, v, z = y ^ int.from_bytes(octets[i : i + 16], "big"), hk, 0
        for bit in range(127, -1, -1):
            if x >> bit & 1:
                z ^= v
            v = v >> 1 ^ (0xE1 << 120 if v & 1 else 0)
        y = z
    return y.to_bytes(16, "big")


def _gcm(key, nonce, aad, octets, ciphertext):
    stream = b"".join(
        _block(key, nonce + (i + 2).to_bytes(4, "big")) for i in range((len(octets) + 15) // 16)
    )[: len(octets)]
    out = xor(octets, stream) if octets else b""
    c = octets if ciphertext else out
    padded = aad + bytes(-len(aad) % 16) + c + bytes(-len(c) % 16)
    lengths = (8 * len(aad)).to_bytes(8, "big") + (8 * len(c)).to_bytes(8, "big")
    tag = xor(_ghash(_block(key, bytes(16)), padded + lengths), _block(key, nonce + b"\0\0\0\1"))
    return out, tag


def aead_seal(key, nonce, aad, plaintext):
    ciphertext, tag = _gcm(key, nonce, aad, plaintext, False)
    return ciphertext + tag


def aead_open(key, nonce, aad, sealed):
    """The plaintext, or None."""
    plaintext, tag = _gcm(key, nonce, aad, sealed[:-16], True)
    return plaintext if tag == sealed[-16:] else None


# --- HPKE base mode -------------------------------------------------------------------------------------------------

KEM = b"KEM" + (0x20).to_bytes(2, "big")
SUITE = b"HPKE" + (0x20).to_bytes(2, "big") + (1).to_bytes(2, "big") + (2).to_bytes(2, "big")


def _labelled_extract(suite, salt, label, ikm):
    return ext(salt or ZERO, b"HPKE-v1" + suite + label + ikm)


def _labelled_expand(suite, prk, label, info, n):
    return expand(prk, n.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, n)


def _hpke_key(dh, enc, recipient, info):
    prk = _labelled_extract(KEM, b"", b"eae_prk", dh)
    shared = _labelled_expand(KEM, prk, b"shared_secret", enc + recipient, 32)
    context = (
        b"\0"
        + _labelled_extract(SUITE, b"", b"psk_id_hash", b"")
        + _labelled_extract(SUITE, b"", b"info_hash", info)
    )
    secret = _labelled_extract(SUITE, shared, b"secret", b"")
    return (
        _labelled_expand(SUITE, secret, b"key", context, 32),
        _labelled_expand(SUITE, secret, b"base_nonce", context, 12),
    )


def hpke_seal(recipient, info, plaintext, ephemeral, aad=b""):
    enc = public(ephemeral)
    key, nonce = _hpke_key(x25519(ephemeral, recipient), enc, recipient, info)
    return enc + aead_seal(key, nonce, aad, plaintext)


def hpke_open(private, info, sealed, aad=b""):
    enc = sealed[:32]
    key, nonce = _hpke_key(x25519(private, enc), enc, public(private), info)
    return aead_open(key, nonce, aad, sealed[32:])


def seal(recipient, label, context, plaintext, ephemeral):
    return hpke_seal(recipient, cbor(["sekisho1", label, list(context)]), plaintext, ephemeral)


def unseal(private, label, context, sealed):
    return hpke_open(private, cbor(["sekisho1", label, list(context)]), sealed)


def check():
    """Published vectors: RFC 7748 5.2, the GCM specification's test case 16, RFC 5869 A.1; a round trip of HPKE."""
    scalar = bytes.fromhex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4")
    point = bytes.fromhex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
    assert x25519(scalar, point).hex() == "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
    # GCM specification, test case 16 (AES-256, with associated data)
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    aad = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = aead_seal(key, bytes.fromhex("cafebabefacedbaddecaf888"), aad, plain)
    assert sealed[-16:].hex() == "76fc6ece0f4e1768cddf8853bb2d551b"
    assert aead_open(key, bytes.fromhex("cafebabefacedbaddecaf888"), aad, sealed) == plain
    assert aead_open(key, bytes.fromhex("cafebabefacedbaddecaf888"), b"", sealed) is None
    assert expand(ext(bytes(range(13)), b"\x0b" * 22), bytes(range(0xF0, 0xFA)), 42).hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )
    private, ephemeral = sha256(b"recipient"), sha256(b"ephemeral")
    sealed = seal(public(private), "label", [1], b"plaintext", ephemeral)
    assert unseal(private, "label", [1], sealed) == b"plaintext"
    assert unseal(private, "label", [2], sealed) is None


if __name__ == "__main__":
    check()
    print("primitives: ok")
