"""Registers lists, their recurring task, and what they add to people's own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    name = "jinlin.lists"
    label = "lists"

    def ready(self) -> None:
        from jinlin.lists import matters, own_data, recurring  # noqa: F401 - importing registers what they hold
        from jinlin.people import exports

        exports.register("orders", own_data.orders_of, title=_("What I ordered"))
