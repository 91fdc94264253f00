"""Keys with which programs act for an account: shown once, kept as a hash."""

import hashlib


def token_digest(raw: str) -> str:
    """Return what is kept of a token; the token itself is long and random, so a plain hash is enough."""
    return hashlib.sha256(raw.encode()).hexdigest()
