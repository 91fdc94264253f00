"""The JSON API of volunteering: the posts that can be claimed, and the steps of one's own claims and pairs."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router

from jinlin.platform.access import Actor
from jinlin.platform.answers import json_answer
from jinlin.platform.dates import today
from jinlin.platform.errors import NotFound
from jinlin.platform.paging import page_of
from jinlin.platform.sends import RepeatedSend
from jinlin.playbooks.here import current_playbook
from jinlin.volunteering import actions, queries, rules, schemas
from jinlin.volunteering.actions import Door
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.states import PairingState

PAGE = 50
IdempotencyKey = Annotated[str, Header("", alias="Idempotency-Key", max_length=100)]
RowId = Annotated[int, Path(ge=1, lt=2**63)]
Older = Annotated[str, Query(max_length=60)]

router = Router()


@router.get("/posts", response=schemas.PostToClaimPage, operation_id="list_posts")
def list_posts(
    request: HttpRequest,
    category: str = Query("", max_length=32),
    place: str = Query("", max_length=22, pattern=r"^[0-9]*$"),
    older: Older = "",
) -> HttpResponse:
    """List the posts that can be claimed, newest first; public."""
    rows = queries.open_on(Posting.objects.filter(kind=Posting.Kind.POST, place_code__startswith=place), today())
    rows = queries.with_room(queries.narrowed(rows, {"category": category})).select_related("body")
    page = page_of(rows, "posted_at", size=PAGE, older=older)
    return json_answer({"rows": [_post(row) for row in page.rows], "older": page.older})


@router.get("/posts/{post_id}", response=schemas.PostToClaimOut, operation_id="read_post")
def read_post(request: HttpRequest, post_id: RowId) -> HttpResponse:
    """Read one post with its free places; public."""
    rows = queries.with_room(Posting.objects.filter(kind=Posting.Kind.POST, pk=post_id)).select_related("body")
    post = rows.first()
    if post is None:
        raise NotFound
    return json_answer(_post(post))


def _post(row: Any) -> dict[str, Any]:
    names = queries.categories(current_playbook(), row.kind)
    return {
        "id": str(row.pk),
        "title": row.title,
        "text": row.text,
        "category": row.category,
        "category_name": names.get(row.category, ""),
        "body": row.body.name,
        "place": row.place_code,
        "windows": [{"weekday": day, "first_hour": first, "end_hour": end} for day, first, end in row.windows],
        "places": row.places,
        "free": max(0, row.free),
        "first_day": row.first_day,
        "last_day": row.last_day,
        "open": row.is_open(today()),
    }


@router.get("/pairings", response=schemas.PairingPage, operation_id="list_pairings")
def list_pairings(request: HttpRequest, state: PairingState | None = None, older: Older = "") -> HttpResponse:
    """List the claims and pairs in which the caller, or a unit at which they have a post, serves; newest first."""
    actor = _actor(request)
    rows = Pairing.objects.filter(rules.serving(actor)).select_related("posting")
    if state:
        rows = rows.filter(state=state)
    page = page_of(rows, "at", size=PAGE, older=older)
    return json_answer({"rows": [_pairing(row) for row in page.rows], "older": page.older})


@router.post("/posts/{post_id}/claim", response={201: schemas.PairingOut}, operation_id="claim_post")
def claim_post(request: HttpRequest, post_id: RowId, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Claim a post: a free place at once (`accepted`), else the end of the waiting list (`waiting`)."""
    actor = _actor(request)
    try:
        made = actions.claim(actor=actor, posting_id=post_id, door=Door(key=idempotency_key))
    except RepeatedSend as sent:
        made = _own(actor, int(sent.subject_id))
    return json_answer(_pairing(made), status=201)


def _actor(request: HttpRequest) -> Actor:
    """Return the caller, where that must be somebody. Raises: NotSignedIn."""
    actor: Actor = request.auth
    actor.must_be_signed_in()
    return actor


def _own(actor: Actor, pairing_id: int) -> Pairing:
    """Return a pairing that the caller may see. Raises: NotFound."""
    found = rules.pairings_visible_to(actor).select_related("posting").filter(pk=pairing_id).first()
    if found is None:
        raise NotFound
    return found


def _pairing(row: Pairing) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "posting_id": str(row.posting_id),
        "title": row.posting.title,
        "kind": row.posting.kind,
        "state": row.state,
        "places": row.places,
        "at": row.at,
        "served_on": row.served_on,
        "minutes": row.minutes,
        "solved": row.solved,
        "note": row.note,
    }


Action = Callable[..., Pairing]
STEPS: list[tuple[str, type[schemas.PairingStepIn], Action]] = [
    ("agree", schemas.PairingStepIn, actions.agree),
    ("decline", schemas.PairingNoteIn, actions.decline),
    ("withdraw", schemas.PairingNoteIn, actions.withdraw),
    ("serve", schemas.ServeIn, actions.serve),
]
"""Each step's address, what it takes and the action that it calls."""


def _add_step(path: str, shape: type[schemas.PairingStepIn], action: Action) -> None:
    def step(
        request: HttpRequest,
        pairing_id: RowId,
        entered: shape,  # type: ignore[valid-type]
        idempotency_key: IdempotencyKey = "",
    ) -> HttpResponse:
        actor = _actor(request)
        door = Door(seen=entered.seen or "", key=idempotency_key)
        try:
            after = action(actor=actor, pairing_id=pairing_id, door=door, **entered.arguments())
        except RepeatedSend:
            after = _own(actor, pairing_id)
        return json_answer(_pairing(after))

    words = {"summary": path.capitalize(), "description": (action.__doc__ or "").split("\n\n")[0]}
    address, name = f"/pairings/{{pairing_id}}/{path}", f"{path}_pairing"
    router.post(address, response=schemas.PairingOut, operation_id=name, **words)(step)


for _entry in STEPS:
    _add_step(*_entry)
