"""Registers the disclosure app: what recurs, what it tells other apps, and what it adds to people's own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    name = "jinlin.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        from jinlin.disclosure import own_data, recurring, works  # noqa: F401 - importing registers
        from jinlin.people import exports

        exports.register("objections", own_data.objections_of, title=_("My objections"))
