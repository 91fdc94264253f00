"""Registers the wish wall, its recurring tasks, and what it adds to people's own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WishesConfig(AppConfig):
    name = "jinlin.wishes"
    label = "wishes"

    def ready(self) -> None:
        from jinlin.people import exports
        from jinlin.people.readers import describe_read
        from jinlin.wishes import own_data, recurring  # noqa: F401 - importing registers what recurs

        exports.register("wishes", own_data.wishes_of, title=_("My wishes"))
        exports.register("claimed_wishes", own_data.claimed_by, title=_("Wishes that I claimed"))
        exports.register("support_pairs", own_data.contacts_of, title=_("My support pairs"))
        describe_read("wishes.reveal_wisher", _("your name and telephone number, from a wish"))
