"""Chinese full-text search behind one function: bigrams in one column, FTS5 on SQLite, a GIN index on PostgreSQL."""

from typing import TypeVar

from django.db import connection, migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Func, Value
from django.db.models.expressions import RawSQL

from jinlin.algorithms.chinese_text import fts5_query, in_column, postgres_query, query_terms

Row = TypeVar("Row", bound=models.Model)

FTS5 = (
    "CREATE VIRTUAL TABLE {table}_words USING fts5(search, content='{table}', content_rowid='id')",
    """CREATE TRIGGER {table}_words_insert AFTER INSERT ON {table} BEGIN
        INSERT INTO {table}_words (rowid, search) VALUES (new.id, new.search);
    END""",
    """CREATE TRIGGER {table}_words_delete AFTER DELETE ON {table} BEGIN
        INSERT INTO {table}_words ({table}_words, rowid, search) VALUES ('delete', old.id, old.search);
    END""",
    """CREATE TRIGGER {table}_words_update AFTER UPDATE OF search ON {table} BEGIN
        INSERT INTO {table}_words ({table}_words, rowid, search) VALUES ('delete', old.id, old.search);
        INSERT INTO {table}_words (rowid, search) VALUES (new.id, new.search);
    END""",
)
GIN = "CREATE INDEX {table}_words ON {table} USING gin (to_tsvector('simple', search))"


class _Words(Func):
    """Whether a column holds all words of a PostgreSQL query, as its GIN index has them."""

    template = "to_tsvector('simple', %(expressions)s)"
    arg_joiner = ") @@ to_tsquery('simple', "
    output_field = models.BooleanField()


class _Follows(Func):
    """Whether a column, with a blank before and behind it, holds a text."""

    template = "strpos(' ' || %(expressions)s) > 0"
    arg_joiner = " || ' ', "
    output_field = models.BooleanField()


def matching(rows: models.QuerySet[Row], query: str) -> models.QuerySet[Row]:
    """Return those of `rows` whose `search` column holds every phrase of `query`; all of them for an empty query.

    A query that holds nothing to look for (punctuation alone) finds nothing.
    """
    if not query.strip():
        return rows
    phrases = query_terms(query)
    if not phrases:
        return rows.none()
    if connection.vendor == "postgresql":
        rows = rows.filter(_Words(F("search"), Value(postgres_query(phrases))))
        return rows.filter(*(_Follows(F("search"), Value(in_column(phrase))) for phrase in phrases))
    table = rows.model._meta.db_table
    sql = f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s"  # noqa: S608
    found = RawSQL(sql, [fts5_query(phrases)])  # noqa: S611 - as above
    return rows.filter(pk__in=found)


def search_index(table: str) -> migrations.RunPython:
    """Return the migration step that makes the index of `table`'s `search` column, in the database's own way."""

    def make(apps: object, schema: BaseDatabaseSchemaEditor) -> None:
        statements = (GIN,) if schema.connection.vendor == "postgresql" else FTS5
        with schema.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.format(table=table))

    return migrations.RunPython(make, migrations.RunPython.noop)
