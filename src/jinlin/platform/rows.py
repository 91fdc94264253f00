"""Writes and locks rows with statements that cost little to put together, for the tables that nearly every step touches.

Each function does what the ORM does in its place for plain columns; building a query anew for every call would be most of
the work. No signals are sent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from django.db.transaction import TransactionManagementError

ModelT = TypeVar("ModelT", bound=Model)


def insert(*rows: Model) -> None:
    """Write new rows of one table in one statement and give them their ids, as `bulk_create` does.

    Ids that the database does not count must be there already; the transaction is the caller's.
    """
    if not rows:
        return
    database = _database()
    sql, fields = _insertion(type(rows[0]), len(rows), database.vendor)
    values = [field.get_db_prep_save(_value(row, field), database) for row in rows for field in fields]
    with database.cursor() as cursor:
        cursor.execute(sql, values)
        ids = cursor.fetchall()
    for row, (row_id,) in zip(rows, ids, strict=True):
        row.pk = row._meta.pk.to_python(row_id)
        row._state.adding, row._state.db = False, database.alias


def _database() -> BaseDatabaseWrapper:
    """Return this thread's connection itself; `django.db.connection` looks it up anew for each thing asked of it."""
    return connections[DEFAULT_DB_ALIAS]


def _value(row: Model, field: Field) -> Any:
    """Return the value of a column; that of a row to which this one points and which has got its id since is its id."""
    value = getattr(row, field.attname)
    if value is None and field.is_relation and field.is_cached(row) and field.get_cached_value(row) is not None:
        return field.get_cached_value(row).pk
    return value


@lru_cache(maxsize=64)
def _insertion(model: type[Model], count: int, vendor: str) -> tuple[str, Sequence[Field]]:
    """Return the statement for `count` rows, and the fields of a row in its order; `vendor` tells the quoting apart."""
    quote = _database().ops.quote_name
    fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
    columns = ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    return f"INSERT INTO {table} ({columns}) VALUES {', '.join([row] * count)} RETURNING {key}", fields  # noqa: S608


def save(row: Model, names: Iterable[str]) -> None:
    """Write the columns `names` of a row that is there, as `save(update_fields=names)` does.

    Raises:
        DoesNotExist: of its model, if it is not there any more.
    """
    fields = [row._meta.get_field(name) for name in names]
    values = {field.attname: getattr(row, field.attname) for field in fields}
    if not update(type(row), {row._meta.pk.attname: row.pk}, values):
        raise type(row).DoesNotExist  # type: ignore[attr-defined]


def update(model: type[Model], where: Mapping[str, Any], to: Mapping[str, Any]) -> int:
    """Set the columns `to` of all rows that fit, as `filter(**where).update(**to)` does; return how many.

    In `where`, None stands for no value and a tuple for any of its values.
    """
    database = _database()
    quote = database.ops.quote_name
    assignments = [(model._meta.get_field(name), value) for name, value in to.items()]
    conditions = [_condition(model._meta.get_field(name), value, database) for name, value in where.items()]
    changes = ", ".join(f"{quote(field.column)} = %s" for field, _value in assignments)
    chosen = " AND ".join(words for words, _values in conditions)
    values = [field.get_db_prep_save(value, database) for field, value in assignments]
    values += [value for _words, asked in conditions for value in asked]
    with database.cursor() as cursor:
        cursor.execute(f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {chosen}", values)  # noqa: S608
        return cursor.rowcount


def _condition(field: Field, value: Any, database: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
    column = database.ops.quote_name(field.column)
    if value is None:
        return f"{column} IS NULL", []
    asked = [field.get_db_prep_value(one, database) for one in (value if isinstance(value, tuple) else (value,))]
    return f"{column} IN ({', '.join(['%s'] * len(asked))})", asked


def fetch_locked(model: type[ModelT], pk: Any, without: tuple[str, ...] = ()) -> ModelT | None:
    """Return the row with this key, locked until the transaction ends, as `select_for_update()` does; None where none is.

    The columns `without` are read when they are asked for.

    Raises:
        TransactionManagementError: outside a transaction, where the lock would be gone at once.
    """
    database = _database()
    if not database.in_atomic_block:
        raise TransactionManagementError(f"{model.__name__} is locked within a transaction only.")
    sql, names, converters = _selection(model, without, database.vendor)
    with database.cursor() as cursor:
        cursor.execute(sql, [pk])
        found = cursor.fetchone()
    if found is None:
        return None
    values = [_converted(*pair, database) for pair in zip(found, converters, strict=True)]
    return model.from_db(database.alias, names, values)


def _converted(value: Any, converters: Sequence[Callable[[Any, None, Any], Any]], database: BaseDatabaseWrapper) -> Any:
    for convert in converters:
        value = convert(value, None, database)
    return value


@lru_cache(maxsize=64)
def _selection(model: type[Model], without: tuple[str, ...], vendor: str) -> tuple[str, list[str], list[Any]]:
    """Return the statement, the attributes that it fills, and for each what turns the database's value into Python's."""
    database, table = _database(), model._meta.db_table
    quote, ops = database.ops.quote_name, database.ops
    fields = [field for field in model._meta.concrete_fields if field.name not in without]
    columns = ", ".join(quote(field.column) for field in fields)
    lock = f" {ops.for_update_sql()}" if database.features.has_select_for_update else ""
    sql = f"SELECT {columns} FROM {quote(table)} WHERE {quote(model._meta.pk.column)} = %s{lock}"  # noqa: S608
    selected = [field.get_col(table) for field in fields]
    converters = [ops.get_db_converters(one) + one.get_db_converters(database) for one in selected]
    return sql, [field.attname for field in fields], converters
