"""Counts how often something happens within a window, so that a flood stops without puzzles for people."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from jinlin.platform.crypto import keyed_hash
from jinlin.platform.dates import now
from jinlin.platform.errors import TooMany
from jinlin.platform.models import Bucket

COUNT = """INSERT INTO platform_bucket (key, window_start, count) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET count = platform_bucket.count + 1 RETURNING count"""


def count_towards(purpose: str, who: str, *, most: int, window: timedelta) -> None:
    """Count one more `purpose` of `who` (an address, say, which is kept only as a keyed hash until the window ends).

    Raises:
        TooMany: once more than `most` were counted within the current window.
    """
    seconds = int(window.total_seconds())
    start = datetime.fromtimestamp(now().timestamp() // seconds * seconds, UTC)
    key = keyed_hash("bucket", f"{purpose}\0{who}\0{start.isoformat()}")
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, connection.ops.adapt_datetimefield_value(start)])
        if cursor.fetchone()[0] > most:
            raise TooMany


def address_of(request: HttpRequest) -> str:
    """Return the network address that a web request came from; behind our own proxy the one that the proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")


def forget_old_counts() -> int:
    """Delete the counts of windows that ended a day ago or earlier; return how many."""
    return Bucket.objects.filter(window_start__lt=now() - timedelta(days=1)).delete()[0]
