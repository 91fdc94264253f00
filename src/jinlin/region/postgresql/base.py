"""Tells PostgreSQL the schema of a district only where the connection is not in it already."""

from typing import Any

from django_tenants.postgresql_backend import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Knows which schemas are really in force, so that the next web request of the same district need not say them again.

    Between two requests the connection is in no district, but as long as nobody asks it anything, PostgreSQL still is in
    the last one. Whatever might have changed that (a rollback, a new connection) lets the schemas be said anew.
    """

    _in_force: list[str] | None = None

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Make `tenant` the one whose schema the next query meets."""
        self._in_force = self.search_path_set_schemas or self._in_force
        super().set_tenant(tenant, include_public)
        if self._in_force == self._get_cursor_search_paths():
            self.search_path_set_schemas = self._in_force

    def rollback(self) -> None:
        """Roll back; the schemas may have been said within the transaction."""
        self._in_force = None
        super().rollback()

    def savepoint_rollback(self, sid: str) -> None:
        """Roll back to a savepoint; the schemas may have been said after it."""
        try:
            super().savepoint_rollback(sid)
        finally:
            self._in_force = None

    def close(self) -> None:
        """Close the connection; a new one is in no district."""
        self._in_force = None
        super().close()
