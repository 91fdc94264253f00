"""What everybody reads of procedures, and how one is begun."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.platform.access import Actor, actor_of
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import JinlinError, NotFound
from jinlin.platform.forms import acted, sent
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.paging import page_of
from jinlin.platform.works import Matter, matter_of, split_subject
from jinlin.playbooks.schema import Procedure as Rules
from jinlin.playbooks.wording import name_of
from jinlin.procedures import actions, queries, rules
from jinlin.procedures.actions import NewProcedure
from jinlin.procedures.forms import BeginForm, WantedForm
from jinlin.procedures.models import Procedure
from jinlin.procedures.queries import the_procedure
from jinlin.procedures.states import ProcedureState
from jinlin.procedures.views.showing import (
    TONES,
    kind_choices,
    matter_choices,
    place_choices,
    placed,
    shown,
)

PAGE = 20


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Show what is under way and what came to its end, the newest first."""
    form = WantedForm(request.GET, kinds=kind_choices())
    given = form.cleaned_data if form.is_valid() else {}
    rows = queries.narrowed(
        Procedure.objects.select_related("definition", "zone"), given.get("kind", ""), given.get("state", "")
    )
    page = page_of(
        rows, "begun_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", "")
    )  # fmt: skip
    page_shown = {
        "form": form,
        "rows": [card_of(row) for row in page.rows],
        "may_begin": bool(queries.kinds()),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "procedures/procedures.html", page_shown, status=200 if form.is_valid() else 422)


def card_of(row: Procedure) -> dict[str, Any]:
    """Return a procedure as lists show it."""
    kind = row.definition.rules
    return {
        "row": row,
        "kind": name_of(kind),
        "tone": TONES[ProcedureState(row.state)],
        "at": name_of(kind.step(row.at_key)) if row.at_key else "",
    }


@require_safe
@never_cache
def one(request: HttpRequest, procedure_id: int) -> HttpResponse:
    """Show the dots of a procedure, what came of each step, and what somebody can do now."""
    actor, procedure = actor_of(request), the_procedure(procedure_id)
    page = shown(actor, procedure)
    current = page["current"]
    takes = bool(current and actor.is_signed_in and rules.may_take(actor, procedure, current.dot.rules))
    page |= {
        "may_take_part": takes and current.dot.rules.by_hand and current.dot.rules.by.residents,
        "may_conclude": takes and current.dot.rules.by_hand,
        "at_desk": bool(actor.roles & rules.WORKERS),
    }
    return render(request, "procedures/one.html", page)


def _matter(actor: Actor, subject: str) -> Matter | None:
    return matter_of(actor, subject) if subject else None


@require_safe
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Show which procedures there are for a matter, with their steps."""
    actor, subject = actor_of(request), request.GET.get("for", "")
    matter = _matter(actor, subject)
    kinds = queries.kinds_for(actor, split_subject(subject)[0] if subject else "")
    page = {
        "base": _base(actor),
        "matter": matter,
        "query": f"?for={subject}" if subject else "",
        "kinds": [(kind.key, name_of(kind), [name_of(step) for step in kind.way]) for kind in kinds],
    }
    return render(request, "procedures/choose.html", page)


def _base(actor: Actor) -> str:
    return "web/desk.html" if actor.roles & rules.WORKERS else "web/resident.html"


@require_http_methods(READ_WRITE)
@never_cache
@login_required
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a procedure of a kind for a matter, or in one's own words."""
    actor, subject = actor_of(request), request.GET.get("for", "")
    kind, matter = _kind(key), _matter(actor, subject)
    initial = {"title": matter.title[:80]} if matter else {}
    form = BeginForm(
        sent(request), initial=initial, matters=matter_choices(kind), places=place_choices(actor, kind)
    )  # fmt: skip
    made: list[Procedure] = []

    def act() -> None:
        given = form.cleaned_data
        place_code, zone = placed(given["place"])
        new = NewProcedure(
            key, given["title"], place_code, given["text"], subject, given.get("matter", ""), zone
        )  # fmt: skip
        made.append(actions.begin(actor=actor, new=new, door=form.door()))

    page = {
        "base": _base(actor),
        "kind": name_of(kind),
        "steps": [name_of(step) for step in kind.way],
        "matter": matter,
    }
    status = acted(form, act) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("It is begun."))
        return redirect("procedures:one", procedure_id=made[0].pk) if made else redirect("procedures:procedures")
    return render(request, "procedures/begin.html", page | {"form": form}, status=status)


def _kind(key: str) -> Rules:
    try:
        return queries.kind_of(key)
    except JinlinError:
        raise NotFound from None
