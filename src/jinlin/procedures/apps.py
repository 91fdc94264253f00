"""Registers procedures: what they answer to other apps, what they react to, what recurs, and what is people's own data."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "jinlin.procedures"
    label = "procedures"

    def ready(self) -> None:
        from jinlin.procedures import guarding, reactions, recurring  # noqa: F401 - importing registers them
