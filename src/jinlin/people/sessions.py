"""Seals what a session holds, because a telephone number on its way to being proved is kept there for minutes."""

import json
from typing import Any

from jinlin.platform.crypto import decrypt, encrypt


class SealedSerializer:
    """Writes a session as JSON encrypted with the field keys, as personal columns are."""

    def dumps(self, contents: dict[str, Any]) -> bytes:
        """Return the sealed contents."""
        return encrypt(json.dumps(contents, separators=(",", ":"))).encode("latin-1")

    def loads(self, data: bytes) -> dict[str, Any]:
        """Return the contents behind `data`."""
        return json.loads(decrypt(data.decode("latin-1")))
