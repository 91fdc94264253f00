"""Turns a database URL into Django's DATABASES entry: SQLite in production shape, or PostgreSQL with a schema per district."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-64000;"


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's entry for `url`, such as `sqlite:////srv/hongshan.sqlite3` or `postgresql://user:word@host:5432/name`.

    A PostgreSQL socket folder is given as `?host=/run/postgresql`.

    Raises:
        ImproperlyConfigured: for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path[1:])))
    if parts.scheme in {"postgres", "postgresql"}:
        query = dict(parse_qsl(parts.query))
        return _postgresql(
            NAME=unquote(parts.path[1:]),
            USER=unquote(parts.username or ""),
            PASSWORD=unquote(parts.password or ""),
            HOST=query.get("host", parts.hostname or ""),
            PORT=str(parts.port or query.get("port", "")),
        )
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme!r}; it must begin with sqlite:/// or postgresql://."
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }


def _postgresql(**where: str) -> dict[str, Any]:
    return {
        "ENGINE": "jinlin.region.postgresql",
        **where,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": False,
        # Statements that come again on a connection are planned once. None runs long enough to be worth compiling: a
        # figure over 200,000 requests takes less time than its compilation.
        "OPTIONS": {
            "connect_timeout": 10,
            "server_side_binding": True,
            "prepare_threshold": 5,
            "options": "-c jit=off",
        },
    }
