"""Opens lists, puts items on them, takes orders of residents in, and closes what is finished."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinlin.algorithms.place_codes import Level
from jinlin.lists import rules
from jinlin.lists.actions.linking import check_links, write_links
from jinlin.lists.actions.steps import ANY_DOOR, BATCH, Door, clean
from jinlin.lists.actions.supporting import give_word
from jinlin.lists.models import Item, ItemList, ItemStep
from jinlin.lists.queries import kind_of, kinds
from jinlin.lists.states import UNFINISHED, ItemState, ItemVerb
from jinlin.organisations.models import Body
from jinlin.organisations.queries import receiving_body_id
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.sends import RepeatedSend, sent_once
from jinlin.playbooks.schema import ListKind
from jinlin.territory.models import Zone
from jinlin.territory.queries import existing_place

LONGEST_TITLE = 80
PROJECTS = "project"
"""The kind of list on which decisions become projects."""


@dataclass(frozen=True)
class NewItem:
    """Something for a list; `answers` are the ids of the items that it answers, such as the needs of a project.

    What comes from elsewhere, such as a decision, names it as its `origin` and need not answer an item.
    """

    title: str
    words: str = ""
    source: str = Item.Source.RESIDENT
    choice: str = ""
    answers: tuple[int, ...] = ()
    origin: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewList:
    """A list to open, for an estate (`zone`) or a whole community, with its first items."""

    kind: str
    title: str
    place_code: str
    body: Body
    zone: Zone | None = None
    items: Sequence[NewItem] = ()


def open_lists(*, actor: Actor, lists: Sequence[NewList], door: Door = ANY_DOOR) -> list[ItemList]:
    """Open lists with their items, all or none.

    Raises:
        NotAllowed: outside what the actor keeps; RepeatedSend, KeyReused.
        Invalid: for an unknown kind or place, no title, an estate elsewhere, personal data, or an item without what it
            has to answer.
    """
    for new in lists:
        _check_list(actor, new)
    contents = [[new.kind, new.title, new.place_code, new.body.pk] for new in lists]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        at, day = now(), today()
        made = ItemList.objects.bulk_create(
            (
                ItemList(
                    kind=new.kind, title=new.title.strip(), place_code=new.place_code, zone=new.zone, body=new.body,
                    opened_on=day, opened_at=at, opened_by_id=actor.account_id,
                )
                for new in lists
            ),
            batch_size=BATCH,
        )  # fmt: skip
        _add(actor, [(one, new.items, 0) for one, new in zip(made, lists, strict=True)])
        if made:
            record_change(actor, "lists.open", made[0], place_code=made[0].place_code, rows=len(made))
            send.keep(made[0])
    return made


def _check_list(actor: Actor, new: NewList) -> None:
    kind_of(new.kind)
    rules.may_keep(actor, new.place_code, new.body.pk).enforce()
    clean(new.title, needed=True, field="title", longest=LONGEST_TITLE)
    if existing_place(new.place_code) is None:
        raise Invalid(fields={"place": _("There is no such place here.")})
    if new.zone is not None and not new.place_code.startswith(new.zone.community_code):
        raise Invalid(fields={"zone": _("The estate does not lie there.")})


def add_items(*, actor: Actor, list_id: int, items: Sequence[NewItem], door: Door = ANY_DOOR) -> list[Item]:
    """Put items on an open list, all or none. Raises as `open_lists`, NotFound, and WrongState for a closed list."""
    with sent_once(f"account:{actor.account_id}", door.key, [list_id, [vars(new) for new in items]]) as send:
        item_list = locked_list(list_id)
        rules.may_keep(actor, item_list.place_code, item_list.body_id).enforce()
        made = _added(actor, item_list, items)
        if made:
            send.keep(made[0])
    return made


def hand_over(*, actor: Actor, list_id: int, items: Sequence[NewItem]) -> list[Item]:
    """Put what was found on a round on a list; whoever may write the round down has been asked by the round's own rule.

    Raises:
        NotFound, WrongState, Invalid: as `add_items`.
    """
    with transaction.atomic():
        return _added(actor, locked_list(list_id), items)


def make_project(*, actor: Actor, place_code: str, new: NewItem) -> Item:
    """Put what was decided elsewhere on the open project list of a community, which is opened where there is none.

    Whoever may decide it was asked there.

    Raises:
        Invalid: in a place without such lists, and as `add_items`.
    """
    kind, community = kind_of(PROJECTS), place_code[: Level.COMMUNITY]
    with transaction.atomic():
        rows = ItemList.objects.select_for_update().filter(kind=kind.key, place_code=community, closed_at__isnull=True)
        item_list = rows.order_by("-opened_at", "-pk").first()
        if item_list is None:
            item_list = ItemList.objects.create(
                kind=kind.key, title=kind.name, place_code=community, body=default_body(community), opened_on=today(),
                opened_at=now(), opened_by_id=actor.account_id,
            )  # fmt: skip
        return _added(actor, item_list, [new])[0]


def place_order(*, actor: Actor, list_id: int, new: NewItem, door: Door = ANY_DOOR) -> Item:
    """Order something as somebody who lives there, whose household supports it; a repeat gives the same item.

    Raises:
        NotSignedIn, NotAllowed, NotFound, WrongState, KeyReused; Invalid as `open_lists`, and for a list without orders.
    """
    try:
        with sent_once(f"account:{actor.account_id}", door.key, [list_id, vars(new)]) as send:
            item_list = locked_list(list_id)
            if not kind_of(item_list.kind).supported:
                raise Invalid(_("Nothing can be ordered on this list."))
            rules.may_order(actor, item_list).enforce()
            made = _added(actor, item_list, [new], person_id=actor.person_id)[0]
            give_word(actor, made)
            send.keep(made)
    except RepeatedSend as sent:
        made = Item.objects.get(pk=sent.subject_id)
    return made


def close_list(*, actor: Actor, list_id: int) -> ItemList:
    """Close a list whose items are all finished. Raises: NotFound, NotAllowed; WrongState while any is not."""
    with transaction.atomic():
        item_list = locked_list(list_id)
        rules.may_keep(actor, item_list.place_code, item_list.body_id).enforce()
        left = item_list.items.filter(state__in=sorted(UNFINISHED)).count()
        if left:
            words = ngettext("%(left)s item is not finished yet.", "%(left)s items are not finished yet.", left)
            raise WrongState(words % {"left": left}, remedy=_("Finish or answer each item, then close the list."))
        item_list.closed_at = now()
        item_list.save(update_fields=["closed_at"])
        record_change(actor, "lists.close", item_list, place_code=item_list.place_code)
    return item_list


def locked_list(list_id: int) -> ItemList:
    """Lock an open list. Raises: NotFound, WrongState."""
    found = ItemList.objects.select_for_update().filter(pk=list_id).first()
    if found is None:
        raise NotFound
    if found.closed_at is not None:
        raise WrongState(_("The list is closed."))
    return found


def _added(actor: Actor, item_list: ItemList, items: Sequence[NewItem], person_id: int | None = None) -> list[Item]:
    last = item_list.items.aggregate(last=Max("number"))["last"] or 0
    made = _add(actor, [(item_list, items, last)], person_id)
    if made:
        record_change(actor, "lists.add", made[0], place_code=item_list.place_code, rows=len(made))
    return made


def _add(
    actor: Actor, wanted: Sequence[tuple[ItemList, Sequence[NewItem], int]], person_id: int | None = None
) -> list[Item]:
    """Write items, their first lines and their links; the number of each follows the last one of its list."""
    at, known = now(), kinds()
    rows, answers = [], []
    for item_list, items, last in wanted:
        for number, new in enumerate(items, start=last + 1):
            check_item(new, known[item_list.kind])
            rows.append(
                Item(
                    list=item_list, number=number, title=new.title.strip(), words=new.words.strip(), source=new.source,
                    choice=new.choice, person_id=person_id, made_at=at, origin=new.origin,
                    sites=list(new.sites),
                )
            )  # fmt: skip
            answers.append(new.answers)
    made = Item.objects.bulk_create(rows, batch_size=BATCH)
    ItemStep.objects.bulk_create(
        (
            ItemStep(item=item, number=1, at=at, actor_id=actor.account_id, verb=ItemVerb.ADD, state=ItemState.OPEN)
            for item in made
        ),
        batch_size=BATCH,
    )
    for item, ids in zip(made, answers, strict=True):
        if ids:
            write_links(item, check_links(item, ids))
    return made


def check_item(new: NewItem, kind: ListKind) -> None:
    clean(new.title, needed=True, field="title", longest=LONGEST_TITLE)
    clean(new.words)
    needs_more = kind.linked and not (new.answers or new.origin)
    wrong = {
        "source": "" if new.source in Item.Source.values else _("Choose one from the list."),
        "choice": "" if not new.choice or new.choice in {row.key for row in kind.catalogue} else _(
            "This is not in the catalogue; order it freely."),
        "answers": _("Say what it answers: without that there is none.") if needs_more else "",
    }  # fmt: skip
    if wrong := {name: why for name, why in wrong.items() if why}:
        raise Invalid(fields=wrong)


def default_body(place_code: str) -> Body:
    """Return the body that leads a list of a place where nobody else is named: the one that receives what is raised there."""
    return Body.objects.get(pk=receiving_body_id(place_code))
