"""What each kind of approval needs to be told besides the reason: checked, kept as plain values, and put into words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jinlin.organisations.models import Body
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.playbooks.schema import Approval as Procedure
from jinlin.playbooks.wording import UNITS
from jinlin.requests.models import Approval, Request
from jinlin.requests.queries.call_backs import exclusions_of

KIND = Approval.Kind


@dataclass(frozen=True)
class Wish:
    """How much longer, until when, to which body, on which ground; each kind takes what it needs and nothing else."""

    amount: int | None = None
    until: date | None = None
    body_id: int | None = None
    exclusion: str = ""


NO_WISH = Wish()


def kept_wish(procedure: Procedure, request: Request, wish: Wish) -> dict[str, Any]:
    """Return what is kept of a wish.

    Raises:
        Invalid: when it lacks something, or goes further than the playbook allows.
    """
    checked = CHECKED.get(KIND(procedure.kind))
    return checked(procedure, request, wish) if checked else {}


def _extension(procedure: Procedure, request: Request, wish: Wish) -> dict[str, Any]:
    longest = procedure.longest or 0
    if wish.amount is None or not 1 <= wish.amount <= longest:
        limit = _(UNITS[procedure.unit]) % {"amount": longest}
        raise Invalid(fields={"amount": _("An extension is at least 1 and at most: %(limit)s.") % {"limit": limit}})
    return {"amount": wish.amount, "unit": procedure.unit}


def _suspension(procedure: Procedure, request: Request, wish: Wish) -> dict[str, Any]:
    first, last = today() + timedelta(days=1), today() + timedelta(days=procedure.longest or 0)
    if wish.until is None or not first <= wish.until <= last:
        raise Invalid(fields={"until": _("Choose a day from %(first)s to %(last)s.") % {"first": first, "last": last}})
    return {"until": wish.until.isoformat()}


def _transfer(procedure: Procedure, request: Request, wish: Wish) -> dict[str, Any]:
    body = Body.objects.filter(pk=wish.body_id, active=True).first() if wish.body_id else None
    if body is None:
        raise Invalid(fields={"body": _("This body is not active; choose another one.")})
    if body.pk == request.body_id:
        raise Invalid(fields={"body": _("It lies with this body already; choose another one.")})
    return {"body": body.pk, "name": body.name}


def _appeal(procedure: Procedure, request: Request, wish: Wish) -> dict[str, Any]:
    grounds = exclusions_of(request)
    if grounds is None:
        raise Invalid(fields={"exclusion": _("There is no rating that counts, so there is nothing to appeal.")})
    if not grounds:
        return {}
    if wish.exclusion not in grounds:
        why = _("A rating is left out for one of these reasons only: %(grounds)s.")
        raise Invalid(fields={"exclusion": why % {"grounds": "、".join(grounds)}})
    return {"exclusion": wish.exclusion}


CHECKED: dict[Approval.Kind, Callable[[Procedure, Request, Wish], dict[str, Any]]] = {
    KIND.EXTENSION: _extension,
    KIND.SUSPENSION: _suspension,
    KIND.TRANSFER: _transfer,
    KIND.APPEAL: _appeal,
}


def wish_words(wish: dict[str, Any]) -> str:
    """Return a kept wish in words; empty for one that says nothing."""
    if "amount" in wish:
        template = UNITS[wish["unit"]]
        return _(template) % {"amount": wish["amount"]}
    if "until" in wish:
        return pgettext("suspension", "until %(day)s") % {"day": wish["until"]}
    return str(wish.get("name") or wish.get("exclusion", ""))
