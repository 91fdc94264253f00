"""Registers the volunteering app, and what it adds to people's own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteeringConfig(AppConfig):
    name = "jinlin.volunteering"
    label = "volunteering"

    def ready(self) -> None:
        import jinlin.volunteering.actions.recut  # noqa: F401 - importing registers what follows grids
        from jinlin.people import exports
        from jinlin.volunteering import own_data

        exports.register("reports", own_data.reports_of, title=_("My reports"))
        exports.register("offers", own_data.offers_of, title=_("My offers"))
        exports.register("services", own_data.services_of, title=_("What I agreed to"))
