"""Signatures of calls by the Standard Webhooks specification, version 1: HMAC-SHA-256 over id, time and body."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from datetime import datetime
from secrets import token_bytes

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """Return a secret in the form that the specification's libraries take."""
    return PREFIX + b64encode(token_bytes(SECRET_BYTES)).decode()


def signed_headers(secret: str, event_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the three headers of a call that is made at a time."""
    seconds = str(int(at.timestamp()))
    return {
        "webhook-id": event_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{signature(secret, event_id, seconds, body)}",
    }


def signature(secret: str, event_id: str, seconds: str, body: bytes) -> str:
    """Return the signature in base64; the receiver computes the same and compares."""
    key = b64decode(secret.removeprefix(PREFIX))
    content = f"{event_id}.{seconds}.".encode() + body
    return b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
