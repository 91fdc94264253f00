"""Registers the ballots: what recurs, and what they tell other apps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VotingConfig(AppConfig):
    name = "jinlin.voting"
    label = "voting"

    def ready(self) -> None:
        from jinlin.people import exports
        from jinlin.voting import own_data, providers, recurring  # noqa: F401 - importing registers them

        exports.register("ballots", own_data.papers_of, title=_("What I voted with my name"))
