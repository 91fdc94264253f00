"""Puts what a proposal weighs, and why a need stays open, into words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jinlin.algorithms.matching import Why
from jinlin.algorithms.matching.feasible import Unfit
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.schema import Playbook
from jinlin.volunteering.times import WEEKDAYS

REFUSALS = {
    Unfit.KIND: gettext_lazy("Nobody offers this kind."),
    Unfit.DISTANCE: gettext_lazy("Every offer of this kind is too far away."),
    Unfit.SKILLS: gettext_lazy("No offer nearby has the skills that are asked for."),
    Unfit.TIME: gettext_lazy("No offer that fits has time at these hours and days."),
    Unfit.DECIDED: gettext_lazy("Those who fit were asked before, and agreed or declined."),
    Why.CAPACITY: gettext_lazy("The offers that fit are used up."),
    Why.OUTBID: gettext_lazy("The offers that fit do more good elsewhere."),
}


def reasons_of(why: Mapping[str, Any], playbook: Playbook) -> list[str]:
    """Return what speaks for a pair, each as a few words."""
    kinds = {row.key: row.name for row in playbook.resource}
    skills = {row.key: row.name for row in playbook.skill}
    found = [_("same kind: %(kind)s") % {"kind": kinds.get(why.get("category", ""), why.get("category", ""))}]
    if why.get("metres") is not None:
        found.append(_("%(metres)s m away") % {"metres": why["metres"]})
    if why.get("skills"):
        found.append(_("has %(skills)s") % {"skills": in_a_row(skills.get(key, key) for key in why["skills"])})
    if why.get("weekdays"):
        days = in_a_row(WEEKDAYS[day][1] for day in why["weekdays"])
        found.append(_("both free on %(days)s") % {"days": days})
    elif why.get("hours"):
        hours = why["hours"]
        found.append(
            ngettext("%(hours)s hour a week together", "%(hours)s hours a week together", hours) % {"hours": hours}
        )
    return found
