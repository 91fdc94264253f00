"""The one way into a district's data: `in_district()`, for requests, tasks and commands alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.conf import settings
from django.db import connection

from jinlin.region.models import District, Domain


@contextmanager
def in_district(district: District) -> Iterator[District]:
    """Make `district` the one whose tables every query meets; on SQLite the file is the district already."""
    if not settings.SCHEMAS:
        yield district
        return
    before = connection.tenant
    connection.set_tenant(district)
    try:
        yield district
    finally:
        connection.set_tenant(before)


def current_district() -> District:
    """Return the district in which we are.

    Raises:
        District.DoesNotExist: on an installation that has none yet, or outside `in_district()`.
    """
    return _known(connection.schema_name if settings.SCHEMAS else "")


def every_district() -> list[District]:
    """Return all districts, for tasks and commands that go through them one by one."""
    return list(District.objects.order_by("code"))


@lru_cache(maxsize=256)
def _known(schema: str) -> District:
    return District.objects.get(schema_name=schema) if schema else District.objects.get()


@lru_cache(maxsize=1024)
def district_by_host(host: str) -> District | None:
    """Return the district that serves `host` (no port), or None; on SQLite the only one serves every host."""
    if not settings.SCHEMAS:
        return District.objects.first()
    found = Domain.objects.select_related("tenant").filter(domain=host).first()
    return found.tenant if found else None


def forget_districts() -> None:
    """Drop what this process remembers of districts and hosts, after one was added or changed."""
    _known.cache_clear()
    district_by_host.cache_clear()
