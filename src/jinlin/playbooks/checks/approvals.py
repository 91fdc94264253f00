"""Checks of the side procedures: each fits its kind, and whoever decides sees what is asked."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jinlin.playbooks.checks.problems import Problem, one_of, repeated
from jinlin.playbooks.checks.requests import placeholders_remedy, wrong_placeholders
from jinlin.playbooks.schema import TOLD_PLACEHOLDERS, Playbook

DECIDERS = frozenset({"community_worker", "community_secretary", "subdistrict_officer", "district_officer"})
"""Roles that see every request in their area; others would decide about what they cannot read."""
AT_BODY = frozenset({"signed", "in_progress", "reworked"})
GIVEN = frozenset({"dispatched", "transferred"}) | AT_BODY
STATES = {
    "extension": GIVEN | {"accepted"},
    "return": frozenset({"dispatched", "transferred", "signed"}),
    "suspension": AT_BODY | {"accepted"},
    "transfer": GIVEN,
    "supervision": GIVEN | {"received", "accepted"},
    "appeal": frozenset({"closed"}),
}
"""In which states each kind can do what it is for."""
WITH_LENGTH = frozenset({"extension", "suspension"})


def _one_of_each_kind(playbook: Playbook) -> Iterator[Problem]:
    yield from repeated("approval", [row.kind for row in playbook.approval])


def _deciders_see_it(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.approval):
        for role in row.decided_by:
            if role not in DECIDERS:
                what = _("the role “%(role)s” does not see what it would decide") % {"role": role}
                yield ("approval", index, "decided_by"), what, one_of(sorted(DECIDERS))


def _states_fit(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.approval):
        for state in row.states:
            if state not in STATES[row.kind]:
                values = {"kind": row.kind, "state": state}
                what = _("“%(kind)s” can do nothing in the state “%(state)s”") % values
                yield ("approval", index, "states"), what, one_of(sorted(STATES[row.kind]))


def _lengths_fit(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.approval):
        if (row.kind in WITH_LENGTH) != (row.longest is not None):
            what = _("“longest” belongs to an extension and to a suspension, and to no other kind")
            yield ("approval", index, "longest"), what, _("Add or remove “longest”.")
        if row.kind == "suspension" and row.unit != "natural_days":
            what = _("a suspension is counted in days of the calendar")
            yield ("approval", index, "unit"), what, _("Write unit = “natural_days”.")
        if row.stops_after != (row.kind == "suspension"):
            what = _("the clocks stand after a suspension, and after nothing else")
            yield ("approval", index, "stops_after"), what, _("Add or remove “stops_after”.")


def _told_readable(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.approval):
        if wrong := wrong_placeholders(row.told, TOLD_PLACEHOLDERS):
            what = _("placeholders that cannot be filled: %(names)s") % {"names": ", ".join(wrong)}
            yield ("approval", index, "told"), what, placeholders_remedy(TOLD_PLACEHOLDERS)


RULES = (_one_of_each_kind, _deciders_see_it, _states_fit, _lengths_fit, _told_readable)
