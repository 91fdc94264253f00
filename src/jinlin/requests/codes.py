"""The secret codes with which a request is followed without an account; only their hashes are kept."""

import secrets

from jinlin.platform.crypto import keyed_hash

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12


def follow_code(who: str, key: str) -> str:
    """Return a secret code: by chance, or the same one for each repeat of a send of `who` with a `key`."""
    if not key:
        return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    rest, code = int.from_bytes(keyed_hash("follow-code", f"{who}\0{key}").encode()), ""
    for _place in range(LENGTH):
        rest, letter = divmod(rest, len(ALPHABET))
        code += ALPHABET[letter]
    return code


def follow_digest(number: str, code: str) -> str:
    """Return what is kept of the code of the request with this number."""
    return keyed_hash("follow", f"{number}\0{code}")
