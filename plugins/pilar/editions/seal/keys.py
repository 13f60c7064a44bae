"""From a passphrase to keys, and to sealed bytes; overrides/segel/segel.js is the inverse.

PBKDF2-HMAC-SHA256 (RFC 8018) makes one slow secret, HKDF-SHA256 (RFC 5869) makes a key for each
use out of it. What is sealed is AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits: a
salt, and with it the key, serves one build of one run, far below the 2^32 messages at which random
nonces become a risk.
"""

from __future__ import annotations

import gzip
import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ROUNDS = 1_000_000
"""Of PBKDF2: OWASP asks for 600,000 (2023); a cheap phone needs about three seconds for these."""

SHORTEST, VARIED = 16, 8
"""Characters that a passphrase must have, and how many different ones."""

LONGEST = 127
"""Bytes of UTF-8: PDF 2.0 (ISO 32000-2, 7.6.4.3.3) reads no more of a password."""

STEP = 4096
"""Bytes; plaintext is padded to a multiple, so that its length does not reveal a word."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Marks of direction, joiners, and what chooses the look of a sign: keyboards and chats add them,
and programs that show PDFs leave them out of a password (RFC 4013, table B.1).
"""
_SPACE = re.compile("[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def normalized(passphrase: str) -> str:
    """The passphrase in normal form: NFKC, nothing invisible, single spaces, none at the ends.

    Typed on a phone, pasted from a chat or read from a file, it is the same.
    """
    # Twice: an invisible character between two others may have prevented NFKC from joining them.
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", passphrase)))
    return _SPACE.sub(" ", visible).strip(" ")


def weakness(passphrase: str) -> str:
    """Why a normalized passphrase will not do (Bahasa Indonesia); empty when it will."""
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in passphrase):
        return "memuat karakter yang tidak dapat diketik"
    if len(passphrase) < SHORTEST:
        short = f"terlalu pendek: {len(passphrase)} karakter, sedikitnya {SHORTEST}"
        return f"{short}. Pakailah empat kata acak atau lebih"
    if len(set(passphrase)) < VARIED:
        return f"terlalu seragam: sedikitnya {VARIED} karakter yang berbeda"
    if len(passphrase.encode()) > LONGEST:
        return f"terlalu panjang: PDF hanya mengenal {LONGEST} bita"
    return ""


@dataclass(frozen=True, repr=False)
class Keys:
    """Key material for one build of one run; `salt` is public, the rest secret."""

    salt: bytes
    content: bytes
    """Key of AES-256-GCM; the only secret that a browser stores, for one session."""
    mark: bytes
    """Key of `fingerprint`."""

    @classmethod
    def derive(cls, passphrase: str, salt: bytes = b"") -> Keys:
        """From a normalized passphrase, about 0.6 s; without a salt, with a new random one."""
        salt = salt or secrets.token_bytes(16)
        secret = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, ROUNDS)
        return cls(salt, _key(secret, b"pilar segel isi"), _key(secret, b"pilar segel sidik"))

    def seal(self, data: bytes, name: str, step: int = STEP) -> bytes:
        """Nonce, ciphertext and tag of `data`, compressed and padded; it opens as `name` alone."""
        nonce = secrets.token_bytes(12)
        return nonce + AESGCM(self.content).encrypt(nonce, _packed(data, step), name.encode())

    def proof(self) -> bytes:
        """Opens with the right passphrase only: distinguishes a wrong one from a damaged page."""
        return self.seal(b"", "uji", 1)

    def open(self, sealed: bytes, name: str) -> bytes:
        """The data of `seal`. Raises cryptography's InvalidTag for another key, name or content."""
        packed = AESGCM(self.content).decrypt(sealed[:12], sealed[12:], name.encode())
        length = int.from_bytes(packed[:4])
        return gzip.decompress(packed[4 : 4 + length])

    def fingerprint(self, plain: str) -> str:
        """A keyed hash (HMAC) of a fingerprint: confirms no guess at what that was made from."""
        return hmac.new(self.mark, plain.encode(), "sha256").hexdigest()


def _key(secret: bytes, use: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, None, use).derive(secret)


def _packed(data: bytes, step: int) -> bytes:
    """Length (4 bytes), gzip, zeros up to a whole number of steps."""
    small = gzip.compress(data, mtime=0)
    packed = len(small).to_bytes(4) + small
    return packed + bytes(-len(packed) % step)
