"""Registers the app of common troubles and what it does again and again."""

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "jinlin.clusters"
    label = "clusters"

    def ready(self) -> None:
        from jinlin.clusters import recurring  # noqa: F401 - importing registers what recurs
