"""The test database: one district with its base rows, which every test finds as it was first made."""

import sqlite3
from functools import cache

import pytest
from django.conf import settings
from django.db import connection, transaction

from jinlin.disclosure.queries.points import forget_points
from jinlin.region.calendars import load_calendars, working_calendar
from jinlin.region.districts import forget_districts
from jinlin.region.models import District, Domain
from jinlin.requests.queries.duplicates import forget_areas

HOSTS = ("testserver", "localhost", "127.0.0.1")
COPY_SCHEMA = "base_rows"


def make_district() -> District:
    """Make the one district that all tests live in, served under every host that test clients use."""
    district = District(
        code="530199",
        name="示范区",
        schema_name="d530199",
        playbook="hongshan",
        service_phone="027-12345",
        service_hours="8:30-17:30",
    )
    district.save(**{"verbosity": 0} if settings.SCHEMAS else {})
    for host in HOSTS:
        Domain.objects.create(domain=host, tenant=district, is_primary=host == HOSTS[0])
    load_calendars()
    return district


@cache
def the_district() -> District:
    """Return the district of the tests."""
    return District.objects.get(code="530199")


def enter_district() -> None:
    """Point the connection at the tests' district; touches no database."""
    if settings.SCHEMAS:
        connection.set_tenant(the_district())


def forget() -> None:
    """Drop what the process remembers of rows that a test may have changed."""
    forget_districts()
    forget_points()
    forget_areas()
    working_calendar.cache_clear()


def database_url() -> str:
    """Return the tests' database as an installation would name it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    known = connection.settings_dict
    return f"postgresql://{known['USER']}:{known['PASSWORD']}@/{name}?host={known['HOST']}&port={known['PORT']}"


class BaseRows:
    """A copy of the rows that every test starts from.

    Tests that really commit do not end in a roll-back; their database is put back from this copy, also where
    triggers forbid to change history.
    """

    def take(self) -> None:
        """Remember the rows as they are now."""
        self._take_file() if connection.vendor == "sqlite" else self._take_schemas()

    def restore(self) -> None:
        """Put every row back."""
        self._restore_file() if connection.vendor == "sqlite" else self._restore_schemas()
        forget()

    def _take_file(self) -> None:
        self.copy = sqlite3.connect(":memory:", check_same_thread=False)
        connection.ensure_connection()
        connection.connection.backup(self.copy)

    def _restore_file(self) -> None:
        # A thread that a test left in a transaction shows as a locked database here; the copying itself would wait.
        with transaction.atomic():
            pass
        self.copy.backup(connection.connection)

    def _take_schemas(self) -> None:
        schemas = ["public", the_district().schema_name]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_schema, table_name, string_agg(quote_ident(column_name), ',' ORDER BY ordinal_position)"
                " FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)"
                " WHERE table_schema = ANY(%s) AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'"
                " AND table_name <> 'django_migrations' GROUP BY 1, 2 ORDER BY 1, 2",
                [schemas],
            )
            tables = cursor.fetchall()
            cursor.execute(f"CREATE SCHEMA {COPY_SCHEMA}")
            refill = [self._copy_table(cursor, number, *table) for number, table in enumerate(tables)]
        empty = [f'DELETE FROM "{schema}"."{name}"' for schema, name, _ in tables]
        self.statements = "; ".join([*empty, *filter(None, refill)])

    @staticmethod
    def _copy_table(cursor, number: int, schema: str, name: str, columns: str) -> str:
        copy = f"{COPY_SCHEMA}.t{number}"
        cursor.execute(f'CREATE TABLE {copy} AS SELECT {columns} FROM "{schema}"."{name}"')
        if not cursor.rowcount:
            return ""
        return f'INSERT INTO "{schema}"."{name}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {copy}'

    def _restore_schemas(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            # Neither foreign keys nor guards fire for a replica, so that the order of tables does not matter.
            cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL lock_timeout = '10s'")
            cursor.execute(self.statements)


def uses_database(item: pytest.Item) -> bool:
    """Tell whether a test asks for the database, by mark or by fixture."""
    wanted = {"db", "transactional_db", "live_server", "_django_db_helper"}
    return item.get_closest_marker("django_db") is not None or not wanted.isdisjoint(getattr(item, "fixturenames", ()))
