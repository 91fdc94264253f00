"""Gives out numbers without gaps from counter rows that are locked until the transaction ends."""

from django.db import connection

NEXT = """INSERT INTO platform_counter (name, value) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET value = platform_counter.value + excluded.value RETURNING value"""
LAST = "SELECT value FROM platform_counter WHERE name = %s"


def next_number(name: str) -> int:
    """Return 1, 2, 3 … for each call with the same `name`; a transaction that rolls back gives its number back.

    One statement on both databases; call it late, because the row stays locked until commit.
    """
    return next_numbers(name, 1)[0]


def next_numbers(name: str, count: int) -> range:
    """Return the next `count` numbers of `name` at once, for a batch."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [name, count])
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


def last_number(name: str) -> int:
    """Return the number of `name` that was given out last, 0 before the first; nothing is locked."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [name])
        row = cursor.fetchone()
    return row[0] if row else 0
