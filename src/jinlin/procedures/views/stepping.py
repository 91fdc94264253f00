"""The pages of what people do to the open step, at the desk and as residents."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import NotFound, Words
from jinlin.platform.forms import KeyedForm, sent
from jinlin.platform.pages import READ_WRITE, step_page
from jinlin.platform.works import Purpose
from jinlin.playbooks.schema import Step as StepRules
from jinlin.procedures import actions, queries, rules
from jinlin.procedures.actions.stepping import why_not
from jinlin.procedures.forms import PartForm, ProofForm, ReasonForm, SkipForm, StepForm
from jinlin.procedures.models import Procedure
from jinlin.procedures.queries import the_procedure
from jinlin.procedures.views.showing import follow_choices, name_of, side_choices

Act = Callable[[], object]


@require_http_methods(READ_WRITE)
@never_cache
@login_required
def step(request: HttpRequest, procedure_id: int, key: str, name: str) -> HttpResponse:
    """Show what a step asks for and do it; a step that is not open says which one is."""
    actor, procedure = actor_of(request), the_procedure(procedure_id)
    wanted = _rules_of(procedure, key)
    if name not in PAGES:
        raise NotFound
    make, button = PAGES[name]
    form, act = make(request, actor, procedure, wanted)
    at_desk = bool(actor.roles & rules.WORKERS)
    page = {
        "procedure": procedure,
        "step": name_of(wanted),
        "button": button,
        "base": "web/desk.html" if at_desk else "web/resident.html",
        "back": _back(procedure, at_desk=at_desk),
        "refusal": why_not(procedure, key) if procedure.at_key != key else "",
    }
    return step_page(
        request, form, act, template="procedures/step.html", shown=page, done=_("Written down."), back=page["back"]
    )


def _back(procedure: Procedure, *, at_desk: bool) -> str:
    return reverse("procedures:desk-one" if at_desk else "procedures:one", args=[procedure.pk])


def _rules_of(procedure: Procedure, key: str) -> StepRules:
    try:
        return procedure.definition.rules.step(key)
    except KeyError:
        raise NotFound from None


def _conclude(request: HttpRequest, actor: Actor, procedure: Procedure, wanted: StepRules) -> tuple[KeyedForm, Act]:
    open_step = queries.open_step(procedure)
    is_open = open_step is not None and open_step.key == wanted.key
    by_work = is_open and rules.concluding(open_step, rules.candidates(open_step)) is not None
    form = StepForm(
        sent(request), request.FILES or None, seen=str(procedure.version),
        proofs=[] if by_work else wanted.proofs,
        sides=[] if by_work else side_choices(procedure, wanted),
        choices=follow_choices(procedure, wanted),
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        actions.conclude(
            actor=actor, procedure_id=procedure.pk, key=wanted.key, words=given["words"], evidence=form.evidence(),
            sides=given.get("sides", []), choice=given.get("choice", ""), door=form.door(),
        )  # fmt: skip

    return form, act


def _skip(request: HttpRequest, actor: Actor, procedure: Procedure, wanted: StepRules) -> tuple[KeyedForm, Act]:
    form = SkipForm(sent(request), seen=str(procedure.version), choices=follow_choices(procedure, wanted))

    def act() -> None:
        given = form.cleaned_data
        actions.skip(
            actor=actor, procedure_id=procedure.pk, key=wanted.key, words=given["words"],
            choice=given.get("choice", ""), door=form.door(),
        )  # fmt: skip

    return form, act


def _prove(request: HttpRequest, actor: Actor, procedure: Procedure, wanted: StepRules) -> tuple[KeyedForm, Act]:
    form = ProofForm(sent(request), request.FILES or None, seen=str(procedure.version))

    def act() -> None:
        actions.prove(
            actor=actor, procedure_id=procedure.pk, key=wanted.key, evidence=form.evidence(), door=form.door()
        )

    return form, act


def _take_part(request: HttpRequest, actor: Actor, procedure: Procedure, wanted: StepRules) -> tuple[KeyedForm, Act]:
    form = PartForm(sent(request), seen=str(procedure.version), marks=wanted.kind == Purpose.EVALUATE)

    def act() -> None:
        given = form.cleaned_data
        actions.take_part(
            actor=actor, procedure_id=procedure.pk, key=wanted.key, mark=given.get("mark", ""), words=given["words"],
            door=form.door(),
        )  # fmt: skip

    return form, act


Make = Callable[[HttpRequest, Actor, Procedure, StepRules], tuple[Any, Act]]
PAGES: dict[str, tuple[Make, Words]] = {
    "conclude": (_conclude, _("Conclude this step")),
    "skip": (_skip, _("Leave this step out")),
    "prove": (_prove, _("Hand in proof")),
    "take-part": (_take_part, _("Take part")),
}
"""The verbs of a step by the words of their addresses."""


@require_http_methods(READ_WRITE)
@never_cache
@login_required
def withdraw(request: HttpRequest, procedure_id: int) -> HttpResponse:
    """Ask why a procedure is withdrawn, and withdraw it."""
    actor, procedure = actor_of(request), the_procedure(procedure_id)
    form = ReasonForm(sent(request), seen=str(procedure.version))
    at_desk = bool(actor.roles & rules.WORKERS)

    def act() -> None:
        actions.withdraw(
            actor=actor, procedure_id=procedure_id, words=form.cleaned_data["words"], door=form.door()
        )  # fmt: skip

    page = {
        "procedure": procedure,
        "step": "",
        "button": _("Withdraw the procedure"),
        "base": "web/desk.html" if at_desk else "web/resident.html",
        "back": _back(procedure, at_desk=at_desk),
        "refusal": "",
    }
    return step_page(
        request, form, act, template="procedures/step.html", shown=page, done=_("Withdrawn."), back=page["back"]
    )
