"""The desk's pages about work: the board by party, new work and pledges, and the steps of one task."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.organisations import actions, rules
from jinlin.organisations.forms import HandOverForm, TaskForm, WordsForm, WorkFilter
from jinlin.organisations.forms.bodies import shown as name_of
from jinlin.organisations.models import Body, Task
from jinlin.organisations.queries.tables import tables_of_places
from jinlin.organisations.queries.work import board_counted
from jinlin.organisations.states import TASKS, TaskState, TaskVerb
from jinlin.organisations.views.gate import body_or_404, desk, form_page
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.paging import text_page_of
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Zone

PAGE = 50
MOST = 300
TONES = {
    TaskState.OPEN: "working",
    TaskState.DONE: "brand",
    TaskState.CONFIRMED: "done",
    TaskState.DROPPED: "quiet",
}


@never_cache
@require_safe
@desk
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the work by party, with how much of it is done and who is late."""
    playbook, day = current_playbook(), today()
    form = WorkFilter(request.GET, kinds=playbook.task)
    rows = rules.tasks_visible_to(actor).order_by("body__name", "body_id", "due_on", "pk")
    given = form.cleaned_data if form.is_valid() else {}
    for name in ("plan", "kind", "state"):
        if given.get(name):
            rows = rows.filter(**{name: given[name]})
    if given.get("late"):
        rows = rows.filter(state=TaskState.OPEN, due_on__lt=day)
    plans = rules.tasks_visible_to(actor).exclude(plan="").order_by("plan").values_list("plan", flat=True).distinct()
    parties = Body.objects.filter(pk__in=rows.exclude(state=TaskState.DROPPED).order_by().values("body_id"))
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    page = text_page_of(parties, "name", size=PAGE, older=older, newer=newer)
    board = board_counted(rows, playbook, day, most=MOST, of=[body.pk for body in page.rows])
    shown = {
        "form": form,
        "board": board,
        "more": any(len(party.tasks) < party.total for party in board.parties),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "tones": TONES,
        "plans": [(plan, same_list(request.GET, without="plan", plan=plan)) for plan in plans[:MOST]],
        "plan": given.get("plan", ""),
        "givers": rules.bodies_of(actor).filter(kind__in=_kinds_that_give()).order_by("name")[:MOST],
    }
    return render(request, "organisations/desk/work.html", shown)


def _kinds_that_give() -> set[str]:
    playbook = current_playbook()
    given = {kind for row in playbook.task for kind in row.by}
    tied = {kind for row in playbook.partnership for kind in row.units}
    return given | (tied if any(not row.by for row in playbook.task) else set())


@never_cache
@require_http_methods(READ_WRITE)
@desk
def new(request: HttpRequest, actor: Actor, body_id: int) -> HttpResponse:
    """Give work in the name of a body, or pledge some."""
    giver = body_or_404(actor, body_id)
    rules.may_act_for(actor, giver).enforce()
    kinds = [row for row in current_playbook().task if giver.kind in row.by or not row.by]
    if not kinds:
        raise NotFound
    around = rules.bodies_to_give_to(actor, giver).filter(active=True)
    zones = Zone.objects.filter(community_code__startswith=giver.place_code, kind="estate", valid_to__isnull=True)
    form = TaskForm(
        sent(request),
        giver=giver,
        kinds=kinds,
        bodies=around.order_by("name"),
        initial={"bodies": _invited(request.GET.get("table", ""), giver)},
        hosts=around.filter(kind__in={kind for row in kinds for kind in row.confirmed_by}).order_by("name"),
        zones=zones.order_by("label"),
    )

    def act() -> object:
        verb = actions.pledge_all if form.is_pledge else actions.give_tasks
        return verb(actor=actor, tasks=form.tasks)

    return form_page(
        request,
        form,
        act,
        title=_("New work: %(body)s") % {"body": giver.name},
        submit=_("Enter the work"),
        back_url=reverse("organisations:body", args=[giver.pk]),
        done=_("The work is entered."),
        names={"body": "bodies"},
    )


def _invited(key: str, giver: Body) -> list[int]:
    """Return the bodies at a table of the giver's place, to which an item of its agenda goes."""
    table = tables_of_places(current_playbook(), key, [giver.place_code], today()).get(giver.place_code)
    holders = [holder for seat in table.seats for holder in seat.holders] if table else []
    return [holder.body_id for holder in holders if holder.body_id]


def task_or_404(actor: Actor, task_id: int) -> Task:
    """Return a task that the actor may look at.

    Raises:
        NotFound.
    """
    task = rules.tasks_visible_to(actor).select_related("appointment").filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task


@never_cache
@require_safe
@desk
def one(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Show one piece of work with the steps that are open to the actor; nothing but the task's own data."""
    task = task_or_404(actor, task_id)
    kind = next((row for row in current_playbook().task if row.key == task.kind), None)
    duty = next((row for row in current_playbook().grid_duty if row.key == task.duty), None)
    verbs = [verb for verb in TASKS.verbs_from(task.state) if _may(actor, task, verb)]
    shown = {
        "task": task,
        "history": task.steps.select_related("body").order_by("at", "pk"),
        "kind": name_of(kind) if kind else task.kind,
        "duty": duty,
        "tone": TONES[TaskState(task.state)],
        "steps": [(verb, TaskVerb(verb).label) for verb in verbs],
        "confirmer": rules.confirmer_of(task) if kind and rules.needs_confirmation(kind) else None,
    }
    return render(request, "organisations/desk/task.html", shown)


def _may(actor: Actor, task: Task, verb: str) -> bool:
    kind = next((row for row in current_playbook().task if row.key == task.kind), None)
    if verb in {TaskVerb.CONFIRM, TaskVerb.REOPEN}:
        return kind is not None and bool(rules.may_confirm(actor, kind, task))
    if verb == TaskVerb.DROP:
        return bool(rules.may_drop(actor, task))
    return bool(rules.may_do(actor, task))


WITH_WORDS: dict[str, tuple[Callable[..., Task], str]] = {
    TaskVerb.DO: (actions.do_task, "outcome"),
    TaskVerb.REOPEN: (actions.reopen_task, "why"),
    TaskVerb.DROP: (actions.drop_task, "why"),
    TaskVerb.HAND_OVER: (actions.hand_over_task, "why"),
}
"""The steps that need words, and how their action calls them."""


@never_cache
@require_http_methods(READ_WRITE)
@desk
def step(request: HttpRequest, actor: Actor, task_id: int, verb: str) -> HttpResponse:
    """Take one step of a task, with a few words where it needs some."""
    task = task_or_404(actor, task_id)
    if verb not in TaskVerb.values:
        raise NotFound
    form = _step_form(request, actor, task, verb)

    def act() -> object:
        if verb == TaskVerb.CONFIRM:
            return actions.confirm_task(actor=actor, task_id=task_id)
        take, words = WITH_WORDS[verb]
        more = {"body_id": form.cleaned_data["body"].pk} if verb == TaskVerb.HAND_OVER else {}
        return take(actor=actor, task_id=task_id, **{words: form.cleaned_data["words"]}, **more)

    label = TaskVerb(verb).label
    return form_page(
        request,
        form,
        act,
        title=pgettext("step of a task", "%(step)s: %(task)s") % {"step": label, "task": task.title},
        submit=label,
        back_url=reverse("organisations:task", args=[task_id]),
        done=_("The step is taken."),
        names={"outcome": "words", "why": "words"},
    )


def _step_form(request: HttpRequest, actor: Actor, task: Task, verb: str) -> WordsForm:
    if verb == TaskVerb.HAND_OVER:
        goals = rules.bodies_to_hand_to(actor, task).filter(active=True)
        return HandOverForm(sent(request), bodies=goals.order_by("name"))
    form = WordsForm(sent(request))
    if verb == TaskVerb.CONFIRM:
        del form.fields["words"]
    return form
