"""The JSON API of the wish wall: what is on it, making a wish, and the steps of one."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router

from jinlin.platform.access import Actor
from jinlin.platform.answers import json_answer
from jinlin.platform.errors import NotFound
from jinlin.platform.paging import page_of
from jinlin.platform.sends import RepeatedSend
from jinlin.wishes import actions, queries, rules, schemas
from jinlin.wishes.actions import Door
from jinlin.wishes.models import Wish

PAGE = 50
IdempotencyKey = Annotated[str, Header("", alias="Idempotency-Key", max_length=100)]
WishId = Annotated[int, Path(ge=1, lt=2**63)]
Older = Annotated[str, Query(max_length=60)]

router = Router()


@router.get("", response=schemas.WishPage, operation_id="list_wishes")
def list_wishes(
    request: HttpRequest,
    come_true: bool = False,
    place: str = Query("", max_length=22, pattern=r"^[0-9]*$"),
    older: Older = "",
) -> HttpResponse:
    """List the wishes on the wall that wait to come true, or those that have, newest first; public."""
    rows = queries.on_wall(come_true=come_true, communities=[place] if place else ())
    page = page_of(rows, "made_at", size=PAGE, older=older)
    return json_answer({"rows": [_wish(row) for row in page.rows], "older": page.older})


@router.get("/mine", response=schemas.WishPage, operation_id="list_my_wishes")
def list_my_wishes(request: HttpRequest, older: Older = "") -> HttpResponse:
    """List the caller's own wishes and those of people they act for, in any state."""
    actor = _actor(request)
    page = page_of(queries.mine(actor), "made_at", size=PAGE, older=older)
    return json_answer({"rows": [_wish(row) for row in page.rows], "older": page.older})


@router.get("/{wish_id}", response=schemas.OneWishOut, operation_id="read_wish")
def read_wish(request: HttpRequest, wish_id: WishId) -> HttpResponse:
    """Read one wish: on the wall it is public, before that its wisher and the community see it."""
    return json_answer(_one(request.auth, _visible(request.auth, wish_id)))


@router.post("", response={201: schemas.OneWishOut}, operation_id="make_wish")
def make_wish(request: HttpRequest, entered: schemas.WishIn, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Make a wish of one's own; it is on the wall once the community has checked it."""
    actor = _actor(request)
    made = actions.make_wish(actor=actor, new=entered.new_wish(), door=Door(key=idempotency_key))
    return json_answer(_one(actor, made), status=201)


def _actor(request: HttpRequest) -> Actor:
    """Return the caller, where that must be somebody. Raises: NotSignedIn."""
    actor: Actor = request.auth
    actor.must_be_signed_in()
    return actor


def _visible(actor: Actor, wish_id: int) -> Wish:
    found = rules.visible_to(actor).filter(pk=wish_id).first()
    if found is None:
        raise NotFound
    return found


def _one(actor: Actor, row: Wish) -> dict[str, Any]:
    return _wish(row) | {"steps_open": sorted(queries.verbs_of(actor, row))}


def _wish(row: Wish) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "number": row.number,
        "title": row.title,
        "text": row.text,
        "nickname": row.nickname,
        "cost_fen": row.cost_fen,
        "place": row.place_code,
        "state": row.state,
        "result": row.result,
        "made_at": row.made_at,
    }


Action = Callable[..., Wish]
STEPS: list[tuple[str, type[schemas.WishStepIn], Action]] = [
    ("claim", schemas.WishStepIn, actions.claim),
    ("give-up", schemas.WishWordsIn, actions.give_up),
    ("fulfil", schemas.WishWordsIn, actions.fulfil),
    ("confirm", schemas.WishWordsIn, actions.confirm),
    ("contest", schemas.WishWordsIn, actions.contest),
    ("withdraw", schemas.WishWordsIn, actions.withdraw),
    ("put-up", schemas.WishWordsIn, actions.put_up),
    ("return", schemas.WishWordsIn, actions.return_wish),
]
"""Each step's address, what it takes and the action that it calls."""


def _add_step(path: str, shape: type[schemas.WishStepIn], action: Action) -> None:
    def step(
        request: HttpRequest,
        wish_id: WishId,
        entered: shape,  # type: ignore[valid-type]
        idempotency_key: IdempotencyKey = "",
    ) -> HttpResponse:
        actor = _actor(request)
        door = Door(seen=entered.seen or "", key=idempotency_key)
        try:
            after = action(actor=actor, wish_id=wish_id, door=door, **entered.arguments())
        except RepeatedSend:
            after = Wish.objects.get(pk=wish_id)
        return json_answer(_one(actor, after))

    words = {"summary": path.capitalize(), "description": (action.__doc__ or "").split("\n\n")[0].split(" Raises")[0]}
    name = f"{path.replace('-', '_')}_wish"
    router.post(f"/{{wish_id}}/{path}", response=schemas.OneWishOut, operation_id=name, **words)(step)


for _entry in STEPS:
    _add_step(*_entry)
