"""Registers the platform app and its recurring tasks."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "jinlin.platform"
    label = "platform"

    def ready(self) -> None:
        from jinlin.platform import recurring  # noqa: F401 - importing registers what recurs
