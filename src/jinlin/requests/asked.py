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
class Asked:
    """How much longer, until when, to which body, on which ground; each kind takes what it needs and nothing else."""

    amount: int | None = None
    until: date | None = None
    body_id: int | None = None
    exclusion: str = ""


NOTHING_ASKED = Asked()


def kept_asked(procedure: Procedure, request: Request, asked: Asked) -> dict[str, Any]:
    """Return what is kept of what was asked.

    Raises:
        Invalid: when it lacks something, or goes further than the playbook allows.
    """
    checked = CHECKED.get(KIND(procedure.kind))
    return checked(procedure, request, asked) if checked else {}


def _extension(procedure: Procedure, request: Request, asked: Asked) -> dict[str, Any]:
    longest = procedure.longest or 0
    if asked.amount is None or not 1 <= asked.amount <= longest:
        limit = _(UNITS[procedure.unit]) % {"amount": longest}
        raise Invalid(fields={"amount": _("An extension is at least 1 and at most: %(limit)s.") % {"limit": limit}})
    return {"amount": asked.amount, "unit": procedure.unit}


def _suspension(procedure: Procedure, request: Request, asked: Asked) -> dict[str, Any]:
    first, last = today() + timedelta(days=1), today() + timedelta(days=procedure.longest or 0)
    if asked.until is None or not first <= asked.until <= last:
        raise Invalid(fields={"until": _("Choose a day from %(first)s to %(last)s.") % {"first": first, "last": last}})
    return {"until": asked.until.isoformat()}


def _transfer(procedure: Procedure, request: Request, asked: Asked) -> dict[str, Any]:
    body = Body.objects.filter(pk=asked.body_id, active=True).first() if asked.body_id else None
    if body is None:
        raise Invalid(fields={"body": _("This body is not active; choose another one.")})
    if body.pk == request.body_id:
        raise Invalid(fields={"body": _("It lies with this body already; choose another one.")})
    return {"body": body.pk, "name": body.name}


def _appeal(procedure: Procedure, request: Request, asked: Asked) -> dict[str, Any]:
    grounds = exclusions_of(request)
    if grounds is None:
        raise Invalid(fields={"exclusion": _("There is no rating that counts, so there is nothing to appeal.")})
    if not grounds:
        return {}
    if asked.exclusion not in grounds:
        why = _("A rating is left out for one of these reasons only: %(grounds)s.")
        raise Invalid(fields={"exclusion": why % {"grounds": "、".join(grounds)}})
    return {"exclusion": asked.exclusion}


CHECKED: dict[Approval.Kind, Callable[[Procedure, Request, Asked], dict[str, Any]]] = {
    KIND.EXTENSION: _extension,
    KIND.SUSPENSION: _suspension,
    KIND.TRANSFER: _transfer,
    KIND.APPEAL: _appeal,
}


def asked_words(asked: dict[str, Any]) -> str:
    """Return in words what was asked; empty where that is nothing besides the reason."""
    if "amount" in asked:
        template = UNITS[asked["unit"]]
        return _(template) % {"amount": asked["amount"]}
    if "until" in asked:
        return pgettext("suspension", "until %(day)s") % {"day": asked["until"]}
    return str(asked.get("name") or asked.get("exclusion", ""))
