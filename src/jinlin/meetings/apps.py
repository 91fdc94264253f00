"""Registers meetings: what they tell of their matters, what becomes of resolutions, what recurs, and people's own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "jinlin.meetings"
    label = "meetings"

    def ready(self) -> None:
        from jinlin.meetings import matters, own_data, reactions, recurring  # noqa: F401 - importing registers what they hold
        from jinlin.people import exports

        exports.register("meetings", own_data.meetings_of, title=_("Meetings that I was invited to"))
