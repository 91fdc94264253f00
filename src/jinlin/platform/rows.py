"""Writes new rows in few steps, for the tables into which nearly every request writes."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(*rows: Model) -> None:
    """Write new rows of one table in one statement and give them their ids; the transaction is the caller's.

    It does what `bulk_create` does for tables whose ids the database counts, without putting the statement together anew
    each time, which would be most of the work. No signals are sent.
    """
    if not rows:
        return
    sql, fields = _statement(type(rows[0]), len(rows), connection.vendor)
    values = [field.get_db_prep_save(_value(row, field), connection) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        ids = cursor.fetchall()
    for row, (row_id,) in zip(rows, ids, strict=True):
        row.pk = row_id
        row._state.adding, row._state.db = False, connection.alias


def _value(row: Model, field: Field) -> Any:
    """Return the value of a column; that of a row to which this one points and which has got its id since is its id."""
    value = getattr(row, field.attname)
    if value is None and field.is_relation and field.is_cached(row) and field.get_cached_value(row) is not None:
        return field.get_cached_value(row).pk
    return value


@lru_cache(maxsize=64)
def _statement(model: type[Model], count: int, vendor: str) -> tuple[str, Sequence[Field]]:
    """Return the statement for `count` rows, and the fields of a row in its order; `vendor` tells the quoting apart."""
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    return f"INSERT INTO {table} ({columns}) VALUES {', '.join([row] * count)} RETURNING {key}", fields  # noqa: S608
