"""Registers the territory app and its recurring task."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "jinlin.territory"
    label = "territory"

    def ready(self) -> None:
        from jinlin.territory import recurring  # noqa: F401 - importing registers what recurs
