"""The JSON API of procedures: what everybody reads, beginning one, taking part, concluding a step by hand."""

from contextlib import suppress
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router

from jinlin.platform.access import Actor
from jinlin.platform.answers import json_answer
from jinlin.platform.errors import Invalid
from jinlin.platform.paging import page_of
from jinlin.platform.sends import Door, RepeatedSend
from jinlin.playbooks.wording import name_of
from jinlin.procedures import actions, queries, rules, schemas
from jinlin.procedures.actions import Evidence, NewProcedure
from jinlin.procedures.models import Procedure
from jinlin.procedures.queries import Dot, the_procedure
from jinlin.territory.models import Zone

PAGE = 50
IdempotencyKey = Annotated[str, Header("", alias="Idempotency-Key", max_length=100)]
RowId = Annotated[int, Path(ge=1, lt=2**63)]
StepKey = Annotated[str, Path(max_length=32)]

router = Router()


@router.get("", response=schemas.ProcedurePage, operation_id="list_procedures")
def list_procedures(
    request: HttpRequest,
    kind: str = Query("", max_length=32),
    state: str = Query("", max_length=12),
    place: str = Query("", max_length=22, pattern=r"^[0-9]*$"),
    older: str = Query("", max_length=60),
) -> HttpResponse:
    """List the procedures of a kind and state at a place, newest first; public."""
    rows = Procedure.objects.filter(place_code__startswith=place).select_related("definition", "zone")
    page = page_of(queries.narrowed(rows, kind, state), "begun_at", size=PAGE, older=older)
    return json_answer({"rows": [_procedure(row) for row in page.rows], "older": page.older})


@router.get("/{procedure_id}", response=schemas.ProcedureWithSteps, operation_id="show_procedure")
def show_procedure(request: HttpRequest, procedure_id: RowId) -> HttpResponse:
    """Show a procedure with its steps: those behind it, the open one, and those to come; public."""
    return _answer(procedure_id)


@router.post("", response={201: schemas.ProcedureWithSteps}, operation_id="begin_procedure")
def begin_procedure(
    request: HttpRequest, entered: schemas.BeginIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Begin a procedure for a matter, or in one's own words."""
    zone = Zone.objects.filter(pk=int(entered.estate)).first() if entered.estate else None
    if entered.estate and zone is None:
        raise Invalid(fields={"estate": entered.estate})
    new = NewProcedure(
        entered.kind, entered.title, entered.place, entered.text, entered.subject, entered.matter, zone
    )  # fmt: skip
    try:
        made = actions.begin(actor=_actor(request), new=new, door=Door(key=idempotency_key)).pk
    except RepeatedSend as repeated:
        made = int(repeated.subject_id)
    return _answer(made, status=201)


@router.post(
    "/{procedure_id}/steps/{key}/part", response=schemas.ProcedureWithSteps, operation_id="take_part_in_step"
)  # fmt: skip
def take_part_in_step(
    request: HttpRequest, procedure_id: RowId, key: StepKey, entered: schemas.PartIn,
    idempotency_key: IdempotencyKey = "",
) -> HttpResponse:  # fmt: skip
    """Take part in the open step as one of those who take it."""
    actor, door = _actor(request), Door(seen=_seen(entered.seen), key=idempotency_key)
    with suppress(RepeatedSend):
        actions.take_part(
            actor=actor, procedure_id=procedure_id, key=key, mark=entered.mark, words=entered.words, door=door
        )
    return _answer(procedure_id)


@router.post(
    "/{procedure_id}/steps/{key}/conclude", response=schemas.ProcedureWithSteps, operation_id="conclude_step"
)  # fmt: skip
def conclude_step(
    request: HttpRequest, procedure_id: RowId, key: StepKey, entered: schemas.ConcludeIn,
    idempotency_key: IdempotencyKey = "",
) -> HttpResponse:  # fmt: skip
    """Conclude the open step by hand, or say which step follows the work that concludes it."""
    actor, door = _actor(request), Door(seen=_seen(entered.seen), key=idempotency_key)
    evidence = [Evidence(kind, words=words) for kind, words in sorted(entered.proofs.items())]
    with suppress(RepeatedSend):
        actions.conclude(
            actor=actor, procedure_id=procedure_id, key=key, words=entered.words, evidence=evidence,
            sides=entered.sides, choice=entered.choice, door=door,
        )  # fmt: skip
    return _answer(procedure_id)


def _actor(request: HttpRequest) -> Actor:
    """Return the caller, where that must be somebody. Raises: NotSignedIn."""
    actor: Actor = request.auth
    actor.must_be_signed_in()
    return actor


def _seen(version: int | None) -> str:
    return "" if version is None else str(version)


def _procedure(row: Procedure) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "kind": row.definition.key,
        "definition_version": row.definition.version,
        "title": row.title,
        "place": row.place_code,
        "estate": row.zone.name if row.zone else "",
        "state": row.state,
        "at": row.at_key,
        "begun_at": row.begun_at,
        "ended_at": row.ended_at,
    }


def _answer(procedure_id: int, status: int = 200) -> HttpResponse:
    row = the_procedure(procedure_id)
    found = queries.dots(row, queries.visits_of(row))
    takers = rules.takers_named(row, [dot.rules for dot in found])
    steps = [_step(dot, who) for dot, who in zip(found, takers, strict=True)]
    return json_answer(_procedure(row) | {"version": row.version, "text": row.text, "steps": steps}, status=status)


def _step(dot: Dot, who: list[str]) -> dict[str, Any]:
    visit = dot.visit
    return {
        "key": dot.rules.key,
        "name": name_of(dot.rules),
        "kind": dot.rules.kind,
        "state": dot.state,
        "who": who,
        "due_on": visit.due_on if visit else None,
        "opened_at": visit.opened_at if visit else None,
        "ended_at": visit.ended_at if visit else None,
        "words": visit.words if visit else "",
        "work": visit.work_title if visit else "",
        # A work that lies at the desk has no address for everybody.
        "work_url": visit.work_url if visit and not visit.work_url.startswith("/desk/") else "",
    }
