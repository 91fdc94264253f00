"""Codes that people copy from paper: easy to read aloud, hard to guess, kept as a keyed hash only."""

import secrets

from jinlin.platform.crypto import keyed_hash

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, no 1, I and L."""
CARD_LENGTH = 12
GROUP = 4
USERNAME_LENGTH = 10
PASSWORD_LENGTH = 16


def new_code(length: int) -> str:
    """Return `length` random characters; 12 of them are worth 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def in_groups(code: str) -> str:
    """Return the code with a dash after every fourth character, as cards show it."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def card_digest(text: str) -> str:
    """Return what is kept of a card's code, however the reader has written it: spaces, dashes and case do not count."""
    return keyed_hash("household-card", "".join(c for c in text.upper() if c.isalnum()))
