"""Remembers for some seconds, in this process and apart for each district, what many pages ask for and rarely changes."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db import connection

Value = TypeVar("Value")


def remembered(name: str, seconds: int, make: Callable[[], Value]) -> Value:
    """Return what `make` gave under this name within the last `seconds`; None is never remembered."""
    return cache.get_or_set(_key(name), make, seconds)


def forget(name: str) -> None:
    """Drop what this process remembers under a name, because it has just changed."""
    cache.delete(_key(name))


def _key(name: str) -> str:
    return hashlib.sha256(f"{getattr(connection, 'schema_name', '')}:{name}".encode()).hexdigest()
