"""The JSON API of ballots: what everybody reads, and casting one's own paper."""

from contextlib import suppress
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router

from jinlin.platform.access import Actor
from jinlin.platform.answers import json_answer
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.paging import page_of
from jinlin.platform.sends import RepeatedSend
from jinlin.voting import actions, queries, rules, schemas
from jinlin.voting.electorates import entries_for
from jinlin.voting.models import Ballot, RollEntry

PAGE = 50
IdempotencyKey = Annotated[str, Header("", alias="Idempotency-Key", max_length=100)]
RowId = Annotated[int, Path(ge=1, lt=2**63)]

router = Router()


@router.get("", response=schemas.BallotPage, operation_id="list_ballots")
def list_ballots(
    request: HttpRequest,
    place: str = Query("", max_length=22, pattern=r"^[0-9]*$"),
    older: str = Query("", max_length=60),
) -> HttpResponse:
    """List the ballots that were announced, the last first; public."""
    rows = rules.public_ballots().filter(place_code__startswith=place)
    rows = queries.with_turnout(rows).prefetch_related("questions__options")
    page = page_of(rows, "announced_at", size=PAGE, older=older)
    return json_answer({"rows": [_ballot(row) for row in page.rows], "older": page.older})


@router.get("/{ballot_id}", response=schemas.BallotOut, operation_id="read_ballot")
def read_ballot(request: HttpRequest, ballot_id: RowId) -> HttpResponse:
    """Read one ballot; public."""
    return json_answer(_ballot(_one(ballot_id)))


@router.post("/{ballot_id}/votes", response={201: schemas.VoteOut}, operation_id="cast_vote")
def cast_vote(
    request: HttpRequest, ballot_id: RowId, paper: schemas.VoteIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Cast one's paper; a signed one may be replaced until the end, a secret one is final."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    actor.must_be_signed_in()
    entry = _own_entry(actor, _one(ballot_id), paper.entry)
    marks = {int(question): keys for question, keys in paper.marks.items() if question.isascii() and question.isdigit()}
    with suppress(RepeatedSend):
        actions.cast(actor=actor, ballot_id=ballot_id, entry_id=entry.pk, marks=marks, key=idempotency_key)
    entry.refresh_from_db()
    return json_answer(
        {"entry": str(entry.pk), "used_on": f"{entry.used_on:%Y-%m-%d}", "channel": entry.channel}, status=201
    )


def _one(ballot_id: int) -> Any:
    rows = queries.with_turnout(rules.public_ballots()).prefetch_related("questions__options")
    found = rows.filter(pk=ballot_id).first()
    if found is None:
        raise NotFound
    return found


def _own_entry(actor: Actor, ballot: Ballot, wanted: str) -> RollEntry:
    """Return the entry to vote for: the one named, or the only one. What is not one's own goes to the action, which refuses."""
    own = entries_for(ballot, actor.person_id)
    found = [entry for entry in own if str(entry.pk) == wanted] if wanted else own
    if len(found) > 1:
        raise Invalid(fields={"entry": ", ".join(str(entry.pk) for entry in found)})
    if not found:
        rules.no_vote().enforce()
    return found[0]


def _ballot(row: Any) -> dict[str, Any]:
    rule = row.by
    return {
        "id": str(row.pk), "kind": row.kind, "title": row.title, "text": row.text, "place": row.place_code,
        "where": row.scope_name, "body": row.body.name, "state": row.state, "secrecy": rule.secrecy, "opens_at": row.opens_at,
        "closes_at": row.closes_at, "heads": row.heads, "area": row.area, "used": row.used, "passed": row.passed,
        "questions": [_question(question) for question in row.questions.all()], "result": queries.shown_result(row),
    }  # fmt: skip


def _question(question: Any) -> dict[str, Any]:
    options = [{"key": one.key, "title": one.title, "text": one.text} for one in question.options.all()]
    return {
        "id": str(question.pk), "title": question.title, "most": question.most, "seats": question.seats, "options": options,
    }  # fmt: skip
