"""Reminds those who screen of the proposals that are late."""

from collections import defaultdict

from django.utils.translation import gettext_lazy

from jinlin.deliberation.models import Proposal
from jinlin.deliberation.queries import overdue
from jinlin.organisations.queries import running_appointments
from jinlin.platform.access import Role
from jinlin.platform.dates import today
from jinlin.platform.messages.notices import notify

SECRETARIES = (Role.COMMUNITY_SECRETARY, Role.COMMUNITY_WORKER)


def remind_of_late() -> int:
    """Leave those who screen in a community one notice about all its late proposals; return how many there are."""
    late: dict[str, int] = defaultdict(int)
    for code in overdue(Proposal.objects.all()).values_list("place_code", flat=True):
        late[code] += 1
    words = gettext_lazy("%(count)s proposals wait for their screening or answer longer than they should.")
    for code, count in late.items():
        screeners = running_appointments(today()).filter(role__in=SECRETARIES, place_code=code, zone__isnull=True)
        notify(screeners.values_list("person_id", flat=True), words, {"count": count}, link="/desk/proposals/?late=on")
    return sum(late.values())
