"""Encrypts the few personal columns: a key ring with the key's id in every value, and a blind index for look-up."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


@lru_cache(maxsize=8)
def _cipher(key_id: str) -> AESGCM:
    return AESGCM(urlsafe_b64decode(settings.JINLIN_KEYS["field_keys"][key_id]))


def encrypt(text: str) -> str:
    """Return `key id:base64` of `text`, sealed with the newest key of the ring (AES-256-GCM)."""
    key_id = list(settings.JINLIN_KEYS["field_keys"])[-1]
    nonce = token_bytes(NONCE_BYTES)
    sealed = nonce + _cipher(key_id).encrypt(nonce, text.encode(), key_id.encode())
    return f"{key_id}:{urlsafe_b64encode(sealed).decode()}"


def decrypt(value: str) -> str:
    """Return the text behind `value`.

    Raises:
        KeyError: if its key is not in the ring.
        cryptography.exceptions.InvalidTag: if the value was tampered with.
    """
    key_id, _, sealed = value.partition(":")
    raw = urlsafe_b64decode(sealed)
    return _cipher(key_id).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], key_id.encode()).decode()


def keyed_hash(purpose: str, value: str) -> str:
    """Return 43 characters that are the same for the same value and tell nothing without the installation's key."""
    key = urlsafe_b64decode(settings.JINLIN_KEYS["index_key"])
    digest = hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


class EncryptedTextField(models.TextField):
    """Text that is encrypted in the database and plain in Python; empty text stays empty."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(value) if value else value
