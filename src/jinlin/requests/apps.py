"""Registers the requests app and its recurring tasks."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "jinlin.requests"
    label = "requests"

    def ready(self) -> None:
        from jinlin.requests import recurring  # noqa: F401 - importing registers what recurs
