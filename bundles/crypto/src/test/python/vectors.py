# SPDX-FileCopyrightText: 2026 The Sekisho Authors
# SPDX-License-Identifier: Apache-2.0
"""An independent model of our formats, from the protocol documents and pyca/cryptography alone.

python3 vectors.py > ../resources/org/sekisho/crypto/sekisho-v1.properties

The output is frozen: a change of it is a change of the wire or storage format.
"""
import hashlib
import hmac

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def head(major, n):
    for size, info, limit in ((0, None, 24), (1, 24, 1 << 8), (2, 25, 1 << 16), (4, 26, 1 << 32), (8, 27, 1 << 64)):
        if n < limit:
            return bytes([major << 5 | (n if info is None else info)]) + (n.to_bytes(size, "big") if size else b"")


def cbor(v):
    if isinstance(v, Raw):
        return v.value
    if v is None:
        return b"\xf6"
    if isinstance(v, bool):
        return b"\xf5" if v else b"\xf4"
    if isinstance(v, int):
        return head(0, v) if v >= 0 else head(1, -1 - v)
    if isinstance(v, bytes):
        return head(2, len(v)) + v
    if isinstance(v, str):
        return head(3, len(v.encode())) + v.encode()
    return head(4, len(v)) + b"".join(map(cbor, v))


class Raw:
    """An item that is encoded already."""

    def __init__(self, value):
        self.value = value


def H(b):
    return hashlib.sha256(b).digest()


def mac(k, b):
    return hmac.new(k, b, hashlib.sha256).digest()


def expand(prk, info, n):
    out, block, i = b"", b"", 0
    while len(out) < n:
        i += 1
        block = mac(prk, block + info + bytes([i]))
        out += block
    return out[:n]


def EXT(salt, ikm):
    return mac(salt or bytes(32), ikm)


def KDF(k, label, context, n=32):
    return expand(k, cbor(["sekisho1", label, context, n]), n)


def SIGN(seed, label, b):
    return Ed25519PrivateKey.from_private_bytes(seed).sign(b"sekisho1/" + label.encode() + b"\0" + b)


def hpke_seal(pk, label, context, plaintext, ephemeral):
    """RFC 9180 sections 4 to 6, base mode, first message."""
    info = cbor(["sekisho1", label, context])
    kem = b"KEM" + (0x20).to_bytes(2, "big")
    suite = b"HPKE" + (0x20).to_bytes(2, "big") + (1).to_bytes(2, "big") + (2).to_bytes(2, "big")

    def labeled_extract(sid, salt, name, ikm):
        return EXT(salt, b"HPKE-v1" + sid + name + ikm)

    def labeled_expand(sid, prk, name, info, n):
        return expand(prk, n.to_bytes(2, "big") + b"HPKE-v1" + sid + name + info, n)

    sk = X25519PrivateKey.from_private_bytes(ephemeral)
    enc = sk.public_key().public_bytes(*RAW)
    dh = sk.exchange(X25519PublicKey.from_public_bytes(pk))
    shared = labeled_expand(kem, labeled_extract(kem, b"", b"eae_prk", dh), b"shared_secret", enc + pk, 32)
    ctx = b"\0" + labeled_extract(suite, b"", b"psk_id_hash", b"") + labeled_extract(suite, b"", b"info_hash", info)
    secret = labeled_extract(suite, shared, b"secret", b"")
    key = labeled_expand(suite, secret, b"key", ctx, 32)
    nonce = labeled_expand(suite, secret, b"base_nonce", ctx, 12)
    return enc + AESGCM(key).encrypt(nonce, plaintext, b"")


def naxos(static, fresh, n):
    """HMAC_DRBG of SP 800-90A with SHA-256: instantiate, one request."""
    seed = EXT(static, fresh)
    k, v = bytes(32), b"\1" * 32
    for round_ in (b"\0", b"\1"):
        k = mac(k, v + round_ + seed)
        v = mac(k, v)
    out = b""
    while len(out) < n:
        v = mac(k, v)
        out += v
    return out[:n]


def counting(first, n):
    return bytes((first + i) & 0xFF for i in range(n))


def main():
    out = {}
    key, seed = counting(0x00, 32), counting(0x20, 32)
    out["kdf"] = KDF(key, "test", [1, "a", b"\2", None], 48)
    out["extract"] = EXT(counting(0x40, 16), key)
    out["sign"] = SIGN(seed, "test", b"message")

    sk, other = counting(0x60, 32), counting(0x80, 32)
    pk = X25519PrivateKey.from_private_bytes(sk).public_key().public_bytes(*RAW)
    dh = X25519PrivateKey.from_private_bytes(other).exchange(X25519PublicKey.from_public_bytes(pk))
    out["agree"] = EXT(b"sekisho1 dh", dh)
    out["hpke"] = hpke_seal(pk, "test", [1, "a"], b"secret to seal", other)
    out["naxos"] = naxos(key, counting(0xA0, 64), 100)

    header = cbor([1, counting(1, 16), 7, "rn12", None, counting(2, 32), counting(3, 32), counting(4, 32), 0])
    header_hash, leaf = H(header), counting(0xC0, 32)
    epoch = EXT(header_hash, key)
    confirm, exporter, pre, sse, sender, auth, reinit = (
        KDF(epoch, name, []) for name in ("confirm", "exporter", "pre", "sse", "sender", "auth", "reinit")
    )
    tag = mac(confirm, header_hash)
    epoch_hash = H(cbor(["epoch", Raw(header), tag]))
    out["header"] = header
    out["schedule.confirm"], out["schedule.exporter"] = confirm, exporter
    out["schedule.pre"], out["schedule.sse"] = pre, sse
    out["schedule.sender"], out["schedule.auth"], out["schedule.reinit"] = sender, auth, reinit
    out["confirmTag"] = tag
    out["leafConfirmTag"] = mac(confirm, header_hash + leaf)
    out["epochHash"] = epoch_hash
    out["export"] = KDF(exporter, "app/files", [1], 16)
    out["internal"] = KDF(exporter, "int/files", [1], 16)
    psk = KDF(reinit, "reinit psk", [counting(5, 16), "dmkd", H(b"reinit")])
    out["reinitPsk"], out["withPsk"] = psk, EXT(psk, counting(6, 32))

    group, incarnation, text = counting(1, 16), counting(0xE0, 16), b"\xe9\x96\xa2\xe6\x89\x80"
    sender_key = KDF(sender, "snd", [leaf, incarnation])
    out["senderKey"] = sender_key
    for name, aead in (("message.aes", AESGCM), ("message.chacha", ChaCha20Poly1305)):
        aad = cbor([1, group, 7, epoch_hash, leaf, incarnation, 0, "text/plain"])
        signature = SIGN(seed, "app", aad + H(text))
        sealed = aead(sender_key).encrypt(bytes(12), text + signature, aad)
        out[name] = cbor([1, 7, epoch_hash[:16], leaf, incarnation, 0, "text/plain", sealed])

    salt, nonce = counting(7, 16), counting(8, 12)
    row_key = KDF(key, "store row", [salt])
    place = cbor(["store row", 1, "gk_epoch", group, b"k", 3])
    out["row"] = b"\1" + salt + nonce + AESGCM(row_key).encrypt(nonce, b"content", place)
    both = KDF(EXT(counting(9, 32), key), "store row", [salt])
    out["shreddableRow"] = b"\1" + salt + nonce + AESGCM(both).encrypt(nonce, b"content", place)

    print("# SPDX-FileCopyrightText: 2026 The Sekisho Authors")
    print("# SPDX-License-Identifier: Apache-2.0")
    print("# Made by src/test/python/vectors.py; frozen.")
    for name, value in out.items():
        print(f"{name}={value.hex()}")


if __name__ == "__main__":
    main()
