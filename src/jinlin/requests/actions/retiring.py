"""Takes a category out of use without leaving open requests under it."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid
from jinlin.platform.remembering import forget
from jinlin.platform.sends import Send
from jinlin.requests.actions.steps import Change, carry_out, existing_category
from jinlin.requests.models import Category, Request
from jinlin.requests.queries.choices import CATEGORIES
from jinlin.requests.states import OPEN, Verb

NO_SEND = Send(key="", fingerprint="")


@transaction.atomic
def retire_category(*, actor: Actor, code: str, into: str = "") -> int:
    """Take a category and all below it out of use; open requests move `into` another one, each with a line in its history.

    Finished requests keep the category under which they were answered. Returns how many were moved.

    Raises:
        Invalid: for a category that is not in use, and while open requests have it and nobody says where they go.
    """
    existing_category(code)
    open_there = Request.objects.select_for_update(of=("self",)).filter(category__startswith=code, state__in=OPEN)
    moved = _moved(actor, open_there.order_by("pk"), code, into)
    Category.objects.filter(code__startswith=code).update(active=False)
    forget(CATEGORIES)
    record_change(actor, "requests.retire_category", Category.objects.get(code=code), into=into, moved=moved)
    return moved


def _moved(actor: Actor, requests: QuerySet[Request], code: str, into: str) -> int:
    rows = list(requests)
    if not rows:
        return 0
    if not into or into.startswith(code):
        raise Invalid(
            _("%(count)s open requests have the category %(code)s.") % {"count": len(rows), "code": code},
            remedy=_("Say into which other category they move."),
        )
    change = Change(
        {"category": existing_category(into)},
        internal_note=_("The category %(code)s is no longer in use.") % {"code": code},
    )
    for request in rows:
        carry_out(actor, request, Verb.CLASSIFY, change, NO_SEND)
    return len(rows)
