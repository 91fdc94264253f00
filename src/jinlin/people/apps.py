"""Registers the people app, its recurring task and what it does when somebody signs in."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "jinlin.people"
    label = "people"

    def ready(self) -> None:
        from jinlin.people import (  # noqa: F401 - importing registers what recurs, what places ask, and what hears allauth's signals
            places,
            recurring,
            signin,
        )
