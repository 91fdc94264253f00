"""Registers proposals, what they tell other apps, and what they add to people's own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliberationConfig(AppConfig):
    name = "jinlin.deliberation"
    label = "deliberation"

    def ready(self) -> None:
        from jinlin.deliberation import own_data, providers, recurring  # noqa: F401 - importing registers them
        from jinlin.people import exports

        exports.register("proposals", own_data.proposals_of, title=_("What I proposed"))
