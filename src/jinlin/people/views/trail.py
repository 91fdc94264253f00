"""The audit trail, for auditors: who did or read what, and whether its seals hold."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jinlin.algorithms.place_codes import Level
from jinlin.people import rules
from jinlin.people.forms import TrailForm
from jinlin.people.models import Account
from jinlin.platform.access import Actor, Role, actor_of, in_scope
from jinlin.platform.audit import broken_seals
from jinlin.platform.models import AuditEntry
from jinlin.platform.paging import page_of

PAGE = 50


@login_required
@never_cache
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """Show the lines of the auditor's area, filtered; `?seals=1` checks the whole chain."""
    actor = actor_of(request)
    rules.may_read_trail(actor).enforce()
    form = TrailForm(request.GET)
    rows = entries(actor)
    rows = _filtered(rows, form.cleaned_data) if form.is_valid() else rows.none()
    page = page_of(rows, "at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    return render(
        request,
        "people/trail.html",
        {
            "form": form,
            "lines": _lines(page.rows),
            "older_url": _address(request.GET, older=page.older),
            "newer_url": _address(request.GET, newer=page.newer),
            "seals": _seals() if request.GET.get("seals") else None,
            "seals_url": _address(request.GET, seals="1"),
        },
        status=200 if form.is_valid() else 422,
    )


def entries(actor: Actor) -> QuerySet[AuditEntry]:
    """Return the lines of the actor's area; those that belong to no place go to auditors of the whole district."""
    grants = actor.grants_as({Role.AUDITOR})
    seen = in_scope(grants)
    if any(len(grant.place_code) == Level.DISTRICT for grant in grants):
        seen |= Q(place_code="")
    return AuditEntry.objects.filter(seen)


def _filtered(rows: QuerySet[AuditEntry], wanted: dict) -> QuerySet[AuditEntry]:
    names = {"kind": "kind", "verb": "verb__startswith", "subject": "subject_id"}
    given = {column: wanted[name] for name, column in names.items() if wanted[name]}
    days = {"at__date__gte": wanted["since"], "at__date__lte": wanted["until"]}
    rows = rows.filter(**given, **{column: day for column, day in days.items() if day})
    if wanted["actor"]:
        rows = rows.filter(actor_id__in=Account.objects.filter(username=wanted["actor"]).values("pk"))
    return rows


def _lines(rows: list[AuditEntry]) -> list[tuple[AuditEntry, str]]:
    names = dict(Account.objects.filter(pk__in={row.actor_id for row in rows}).values_list("pk", "username"))
    return [(row, names.get(row.actor_id, "")) for row in rows]


def _seals() -> dict[str, object]:
    unsealed = AuditEntry.objects.filter(seal="").count()
    return {"broken": broken_seals(), "waiting": unsealed, "sealed": AuditEntry.objects.count() - unsealed}


def _address(given: QueryDict, **more: str) -> str:
    if not all(more.values()):
        return ""
    query = given.copy()
    for name in ("older", "newer", "seals"):
        query.pop(name, None)
    query.update(more)
    return f"?{query.urlencode()}"
