"""Registers conversations: what recurs, what they add to people's own data, and that they can be held for other matters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OpinionsConfig(AppConfig):
    name = "jinlin.opinions"
    label = "opinions"

    def ready(self) -> None:
        from jinlin.opinions import own_data, queries, recurring  # noqa: F401 - importing registers what recurs
        from jinlin.people import exports
        from jinlin.platform.works import Purpose, Way, offer_way, tells_works

        exports.register("opinion_votes", own_data.votes_of, title=_("My votes on statements"))
        exports.register("opinion_statements", own_data.statements_of, title=_("My statements"))
        tells_works(queries.works_of)
        label = pgettext_lazy("conversation", "Conversation on statements")
        offer_way(Way(Purpose.OPINION, "conversation", label, "/desk/opinions/new/"))
