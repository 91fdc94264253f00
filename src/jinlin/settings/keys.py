"""Finds the installation's secret keys, and makes them once where there are none."""

import json
import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any


def installation_keys(home: Path) -> dict[str, Any]:
    """Return `secret_key`, `field_keys` {key id: 32 bytes in base64, newest last} and `index_key`.

    The environment variable `JINLIN_KEYS` names another file (a mounted secret, say).
    The file is made with mode 0600 on first use, by one process only.
    """
    path = Path(os.environ.get("JINLIN_KEYS", home / "keys.json"))
    if not path.exists():
        _write_new(path)
    return json.loads(path.read_text())


def _write_new(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = {
        "secret_key": secrets.token_urlsafe(50),
        "field_keys": {"k1": urlsafe_b64encode(secrets.token_bytes(32)).decode()},
        "index_key": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(keys, indent=1))
    try:
        os.link(draft, path)  # fails if another process was first, whose keys then count
    except FileExistsError:
        pass
    finally:
        draft.unlink()
