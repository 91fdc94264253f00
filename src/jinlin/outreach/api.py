"""The JSON API of rounds: what is coming, and a home's word that it wants no visits."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from jinlin.outreach import actions, queries, schemas
from jinlin.outreach.models import Round
from jinlin.platform.access import Actor
from jinlin.platform.answers import json_answer

MOST = 100
HomeCode = Annotated[str, Path(max_length=22, pattern=r"^[0-9]+$")]

router = Router()


@router.get("", response=schemas.ComingRounds, operation_id="list_coming_rounds")
def list_coming_rounds(
    request: HttpRequest, place: str = Query("", max_length=22, pattern=r"^[0-9]*$")
) -> HttpResponse:
    """List the rounds and sessions to come, at most a hundred; public."""
    rows = queries.announced().filter(place_code__startswith=place)[:MOST]
    return json_answer({"rows": [_round(row) for row in rows]})


@router.post("/homes/{home_code}/no-visits", response=schemas.NoVisitsOut, operation_id="set_no_visits")
def set_no_visits(request: HttpRequest, home_code: HomeCode, entered: schemas.NoVisitsIn) -> HttpResponse:
    """Say for one's own home that it wants no visits, or wants them again; a repeat changes nothing."""
    actor: Actor = request.auth
    actor.must_be_signed_in()
    wanted = actions.set_no_visits(actor=actor, home_code=home_code, wanted=entered.wanted)
    return json_answer({"wanted": wanted})


def _round(row: Round) -> dict[str, object]:
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "title": row.title,
        "team": row.body.name,
        "place": row.place_code,
        "zone": row.zone.name if row.zone else "",
        "spot": row.spot,
        "on": row.on,
        "starts": row.starts,
    }
