"""Registers procedures: what they answer to other apps, what they react to, what recurs, and what is people's own data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "jinlin.procedures"
    label = "procedures"

    def ready(self) -> None:
        from jinlin.people import exports
        from jinlin.procedures import guarding, own_data, reactions, recurring  # noqa: F401 - importing registers them

        exports.register("procedures", own_data.begun_by, title=_("Procedures that I began"))
        exports.register("procedure_steps", own_data.taken_part_by, title=_("Steps in which I took part"))
