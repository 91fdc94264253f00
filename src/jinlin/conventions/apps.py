"""Registers conventions: what they tell other apps, what recurs, and what they add to people's own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConventionsConfig(AppConfig):
    name = "jinlin.conventions"
    label = "conventions"

    def ready(self) -> None:
        from jinlin.conventions import own_data, reactions, recurring, works  # noqa: F401 - importing registers
        from jinlin.people import exports

        exports.register("conventions", own_data.comments_of, title=_("My comments on conventions"))
