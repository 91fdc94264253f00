"""Registers the ballots: what recurs, and what they tell other apps."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "jinlin.voting"
    label = "voting"

    def ready(self) -> None:
        from jinlin.voting import providers, recurring  # noqa: F401 - importing registers them
