"""Gives out numbers without gaps from counter rows that are locked until the transaction ends."""

from django.db import connection

NEXT = """INSERT INTO platform_counter (name, value) VALUES (%s, 1)
ON CONFLICT (name) DO UPDATE SET value = platform_counter.value + 1 RETURNING value"""


def next_number(name: str) -> int:
    """Return 1, 2, 3 … for each call with the same `name`; a transaction that rolls back gives its number back.

    One statement on both databases; call it late, because the row stays locked until commit.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [name])
        return cursor.fetchone()[0]
