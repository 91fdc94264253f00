"""Registers the requests app, its recurring tasks, and what it adds to people's own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "jinlin.requests"
    label = "requests"

    def ready(self) -> None:
        import jinlin.requests.actions.recut
        import jinlin.requests.views.supports  # noqa: F401 - importing registers what stands beside public records
        from jinlin.people import digests, exports
        from jinlin.people.readers import describe_read
        from jinlin.requests import matters, reactions, recurring  # noqa: F401 - importing registers what they hold
        from jinlin.requests.digest import lines_of
        from jinlin.requests.own_data import requests_of, supported_by

        digests.register(lines_of)
        exports.register("requests", requests_of, title=_("What I raised"))
        exports.register("supports", supported_by, title=_("To what I said me too"))
        describe_read("requests.reveal_reporter", _("your name and telephone number, from a request"))
