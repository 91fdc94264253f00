"""How a live table gets a new column without being made anew."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddField


class AddColumn(AddField):
    """Adds a column that has a default in the database (`db_default`).

    Django makes a SQLite table anew for a column that must have a value, and a table made anew loses its triggers: those of the
    full-text index among them.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Add the column by the plain statement on every database."""
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            before = from_state.apps.get_model(app_label, self.model_name)
            BaseDatabaseSchemaEditor.add_field(schema_editor, before, model._meta.get_field(self.name))
