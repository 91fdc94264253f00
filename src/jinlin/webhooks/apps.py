"""Registers the webhooks app and its recurring tasks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "jinlin.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from jinlin.webhooks import recurring  # noqa: F401 - importing registers what recurs
