"""The JSON API of lists: what everybody reads, orders of residents, and the steps of an item."""

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router

from jinlin.lists import actions, queries, schemas
from jinlin.lists.actions import Door
from jinlin.lists.models import Item, ItemList
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.answers import json_answer
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.paging import page_of
from jinlin.platform.sends import RepeatedSend

PAGE = 50
IdempotencyKey = Annotated[str, Header("", alias="Idempotency-Key", max_length=100)]
RowId = Annotated[int, Path(ge=1, lt=2**63)]

router = Router()


@router.get("", response=schemas.ItemListPage, operation_id="list_item_lists")
def list_item_lists(
    request: HttpRequest,
    kind: str = Query("", max_length=32),
    place: str = Query("", max_length=22, pattern=r"^[0-9]*$"),
    older: str = Query("", max_length=60),
) -> HttpResponse:
    """List the lists of a kind at a place, newest first; public."""
    rows = ItemList.objects.filter(place_code__startswith=place).select_related("zone", "body")
    rows = queries.with_progress(rows.filter(kind=kind) if kind else rows)
    page = page_of(rows, "opened_at", size=PAGE, older=older)
    return json_answer({"rows": [_list(row) for row in page.rows], "older": page.older})


@router.get("/{list_id}/items", response=schemas.ListItems, operation_id="list_items")
def list_items(request: HttpRequest, list_id: RowId) -> HttpResponse:
    """List the items of a list with their links both ways; public."""
    item_list = ItemList.objects.filter(pk=list_id).first()
    if item_list is None:
        raise NotFound
    return json_answer({"rows": [_item(row) for row in queries.linked_items(item_list)]})


@router.post("/{list_id}/orders", response={201: schemas.ListItemOut}, operation_id="place_order")
def place_order(
    request: HttpRequest, list_id: RowId, entered: schemas.OrderIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Order something as somebody who lives there."""
    door = Door(key=idempotency_key)
    made = actions.place_order(actor=_actor(request), list_id=list_id, new=entered.new_item(), door=door)
    return _answer(made.pk, status=201)


@router.post("/items/{item_id}/support", response=schemas.ListItemOut, operation_id="support_item")
def support_item(request: HttpRequest, item_id: RowId, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Support an order for one's household, which counts once."""
    with suppress(RepeatedSend):
        actions.support_item(actor=_actor(request), item_id=item_id, door=Door(key=idempotency_key))
    return _answer(item_id)


@router.post("/items/{item_id}/claim", response=schemas.ListItemOut, operation_id="claim_item")
def claim_item(
    request: HttpRequest, item_id: RowId, entered: schemas.ClaimItemIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Take an item on for a body until a day."""
    actor, body = _actor(request), Body.objects.filter(pk=int(entered.body_id)).first()
    if body is None:
        raise Invalid(fields={"body_id": entered.body_id})
    door = Door(seen=_seen(entered.seen), key=idempotency_key)
    with suppress(RepeatedSend):
        actions.claim_items(actor=actor, item_ids=[item_id], body=body, due_on=entered.due_on, door=door)
    return _answer(item_id)


def _actor(request: HttpRequest) -> Actor:
    """Return the caller, where that must be somebody. Raises: NotSignedIn."""
    actor: Actor = request.auth
    actor.must_be_signed_in()
    return actor


def _seen(version: int | None) -> str:
    return "" if version is None else str(version)


def _answer(item_id: int, status: int = 200) -> HttpResponse:
    return json_answer(_item(Item.objects.select_related("claimer").get(pk=item_id)), status=status)


def _list(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "title": row.title,
        "place": row.place_code,
        "estate": row.zone.name if row.zone else "",
        "led_by": row.body.name,
        "opened_on": row.opened_on,
        "closed": row.closed_at is not None,
        "items": row.total,
        "finished": row.finished,
    }


def _item(row: Item) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "list_id": str(row.list_id),
        "number": row.number,
        "version": row.version,
        "title": row.title,
        "words": row.words,
        "source": row.source,
        "state": row.state,
        "claimer": row.claimer.name if row.claimer else "",
        "due_on": row.due_on,
        "result": row.result,
        "supports": row.supports,
        "answers": [str(link.answered_id) for link in row.answers.all()],
        "answered_by": [str(link.answering_id) for link in row.answered_by.all()],
    }


Action = Callable[..., list[Item]]
STEPS: list[tuple[str, Action]] = [
    ("release", actions.release_items),
    ("report", actions.report_items),
    ("settle", actions.settle_items),
    ("check", actions.check_items),
    ("rework", actions.rework_items),
    ("decline", actions.decline_items),
]
"""Each step's address and the action that it calls."""


def _add_step(path: str, action: Action) -> None:
    def step(
        request: HttpRequest, item_id: RowId, entered: schemas.ItemStepIn, idempotency_key: IdempotencyKey = ""
    ) -> HttpResponse:
        actor, door = _actor(request), Door(seen=_seen(entered.seen), key=idempotency_key)
        with suppress(RepeatedSend):
            action(actor=actor, item_ids=[item_id], door=door, **entered.arguments())
        return _answer(item_id)

    words = {"summary": path.capitalize(), "description": (action.__doc__ or "").split(" Raises")[0]}
    router.post(f"/items/{{item_id}}/{path}", response=schemas.ListItemOut, operation_id=f"{path}_item", **words)(step)


for _entry in STEPS:
    _add_step(*_entry)
