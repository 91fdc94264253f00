"""Work that bodies take on: given or pledged, done, confirmed, handed over, given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.organisations import rules
from jinlin.organisations.models import Appointment, Body, Task
from jinlin.organisations.states import TASKS, TaskVerb
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid
from jinlin.platform.rulings import Ruling
from jinlin.platform.stepping import Steps, Taken, locked_row
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import TaskKind
from jinlin.territory.models import Zone

BATCH = 2_000
LONGEST_TITLE = 120
LONGEST_OUTCOME = 300


@dataclass(frozen=True)
class NewTask:
    """Work for a body, or for the holder of a post at it: what, by when, for whom (`host`), under which plan."""

    kind: str
    title: str
    body: Body | None
    due_on: date
    given_by: Body | None = None
    host: Body | None = None
    appointment: Appointment | None = None
    place_code: str = ""
    zone: Zone | None = None
    plan: str = ""
    duty: str = ""


def give_task(*, actor: Actor, new: NewTask) -> Task:
    """Give work to a body.

    Raises:
        NotAllowed: for somebody who does not act for the giving body, or a kind barred for the body (the try is logged).
        Invalid: for an unknown kind, no body or one outside the giver's reach, no words, or a day that has passed.
    """
    return give_tasks(actor=actor, tasks=[new])[0]


def give_tasks(*, actor: Actor, tasks: Sequence[NewTask]) -> list[Task]:
    """Give each body its part of a plan, all or none, with one line in the audit trail.

    Raises:
        NotAllowed, Invalid: as `give_task`, for the first that cannot be given.
    """
    for new in tasks:
        kind, body = _kind(new.kind), _checked(new)
        if new.given_by is None:
            raise Invalid(fields={"given_by": _("Say which body gives the work.")})
        rules.may_give(actor, kind, new.given_by).enforce()
        _refuse_barred(actor, rules.may_take(kind, body), body, kind)
    _check_reach(actor, tasks)
    return _created(actor, "give_task", tasks)


def _check_reach(actor: Actor, tasks: Sequence[NewTask]) -> None:
    """Refuse work for bodies that neither stand in the area of the giver nor are seen by the actor."""
    for giver in {new.given_by for new in tasks}:
        wanted = {new.body for new in tasks if new.given_by == giver}
        reached = rules.bodies_to_give_to(actor, giver).filter(pk__in=[body.pk for body in wanted])
        beyond = sorted(body.name for body in wanted - set(reached))
        if beyond:
            words = _("%(giver)s does not give work to %(body)s: it stands outside its area.")
            raise Invalid(fields={"body": words % {"giver": giver.name, "body": beyond[0]}})


def pledge(*, actor: Actor, new: NewTask) -> Task:
    """Take work on by oneself, for a body or for the post that one holds or is offered; it is public from then on.

    Raises:
        NotAllowed: for somebody who does not act for the body, or whose post it is not.
        Invalid: as `give_task`.
    """
    return pledge_all(actor=actor, tasks=[new])[0]


def pledge_all(*, actor: Actor, tasks: Sequence[NewTask]) -> list[Task]:
    """Enter many pledges, all or none.

    Raises:
        NotAllowed, Invalid: as `pledge`, for the first that cannot be made.
    """
    for new in tasks:
        kind, body = _kind(new.kind), _checked(new)
        holder = new.appointment.person_id if new.appointment else None
        rules.may_pledge(actor, kind, body, holder).enforce()
        _refuse_barred(actor, rules.may_take(kind, body), body, kind)
    return _created(actor, "pledge", tasks)


def _kind(key: str) -> TaskKind:
    for kind in current_playbook().task:
        if kind.key == key:
            return kind
    raise Invalid(fields={"kind": _("This place has no such kind of work.")})


def _checked(new: NewTask) -> Body:
    if new.body is None:
        raise Invalid(fields={"body": _("Work needs a body that does it.")})
    if not new.title.strip() or len(new.title.strip()) > LONGEST_TITLE:
        raise Invalid(
            fields={"title": _("Say in 1 to %(most)s characters what is to be done.") % {"most": LONGEST_TITLE}}
        )
    if new.due_on < today():
        raise Invalid(fields={"due_on": _("This day has passed.")})
    return new.body


def _refuse_barred(actor: Actor, ruling: Ruling, body: Body, kind: TaskKind) -> None:
    """Refuse work that the body may not be given, and leave a line of the try; it stands although nothing was written."""
    if not ruling:
        record_change(actor, "organisations.refuse_task", body, place_code=body.place_code, kind=kind.key)
        ruling.enforce()


def _created(actor: Actor, verb: str, tasks: Sequence[NewTask]) -> list[Task]:
    at = now()
    rows = [
        Task(
            kind=new.kind,
            title=new.title.strip(),
            body=new.body,
            appointment=new.appointment,
            given_by=new.given_by,
            host=new.host,
            place_code=new.place_code or new.body.place_code,
            zone=new.zone or new.body.zone,
            plan=new.plan.strip(),
            duty=new.duty,
            due_on=new.due_on,
            given_at=at,
        )
        for new in tasks
        if new.body
    ]
    with transaction.atomic():
        made = Task.objects.bulk_create(rows, batch_size=BATCH)
        if made:
            record_change(
                actor,
                f"organisations.{verb}",
                made[0],
                place_code=made[0].place_code,
                kind=made[0].kind,
                rows=len(made),
            )
    return made


def do_task(*, actor: Actor, task_id: int, outcome: str) -> Task:
    """Report work as done, in words that others can check.

    Raises:
        NotFound; NotAllowed: for work of others; Invalid: without words; WrongState.
    """
    return _take(actor, task_id, TaskVerb.DO, _words(outcome, "outcome"), done_on=today())


def confirm_task(*, actor: Actor, task_id: int) -> Task:
    """Say for the body that the work serves that it is done; never by who did it.

    Raises:
        NotFound; NotAllowed; WrongState.
    """
    return _take(actor, task_id, TaskVerb.CONFIRM, confirmed_on=today())


def reopen_task(*, actor: Actor, task_id: int, why: str) -> Task:
    """Say for the body that the work serves that it is not done yet, and why; what was reported stays in its history.

    Raises:
        NotFound; NotAllowed; Invalid: without words; WrongState.
    """
    return _take(actor, task_id, TaskVerb.REOPEN, _words(why, "why"), done_on=None)


def hand_over_task(*, actor: Actor, task_id: int, body_id: int, why: str) -> Task:
    """Give work on to another body, such as the department whose duty it is; it stays open.

    Raises:
        NotFound; NotAllowed: for work of others, or a body for which it is barred.
        Invalid: without words, or for a body that it does not go to from here; WrongState.
    """
    words = _words(why, "why")
    with transaction.atomic():
        task = _locked(actor, task_id)
        rules.may_do(actor, task).enforce()
        body = rules.bodies_to_hand_to(actor, task).filter(pk=body_id).first()
        if body is None:
            raise Invalid(fields={"body": _("Work does not go to this body from here.")})
        ruling = rules.may_take(_kind(task.kind), body)
        if ruling:
            columns = {"body": body, "appointment": None, "outcome": words}
            return STEPS.advance(actor, task, TaskVerb.HAND_OVER, words=words, columns=columns).row
    _refuse_barred(actor, ruling, body, _kind(task.kind))
    return task


def drop_task(*, actor: Actor, task_id: int, why: str) -> Task:
    """Give work up, with a reason that stays readable.

    Raises:
        NotFound; NotAllowed: for who neither gave nor pledged it; Invalid: without words; WrongState.
    """
    return _take(actor, task_id, TaskVerb.DROP, _words(why, "why"))


def _words(text: str, name: str) -> str:
    words = text.strip()
    if not words or len(words) > LONGEST_OUTCOME:
        raise Invalid(fields={name: _("Say it in 1 to %(most)s characters.") % {"most": LONGEST_OUTCOME}})
    return words


def _take(actor: Actor, task_id: int, verb: TaskVerb, words: str = "", **columns: Any) -> Task:
    said = {"outcome": words} if words else {}
    return STEPS.take(actor, task_id, verb, words=words, columns={**columns, **said})


def _locked(_actor: Actor, task_id: int) -> Task:
    return locked_row(Task, task_id, "body", "given_by", "host", "appointment")


def _may(actor: Actor, verb: TaskVerb, task: Task) -> Ruling:
    if verb in {TaskVerb.CONFIRM, TaskVerb.REOPEN}:
        return rules.may_confirm(actor, _kind(task.kind), task)
    return rules.may_drop(actor, task) if verb == TaskVerb.DROP else rules.may_do(actor, task)


def _write(taken: Taken[Task]) -> None:
    """Write the line of history, which names the body whose the work was."""
    doer = taken.before.get("body", taken.row.body)
    by = taken.actor.account_id
    taken.row.steps.create(verb=taken.verb, words=taken.words, body=doer, at=now(), by_id=by)


def _about(task: Task) -> Mapping[str, Any]:
    return {"place_code": task.place_code}


STEPS = Steps(audited="organisations.{verb}_task", table=TASKS, lock=_locked, may=_may, about=_about, write=_write)
