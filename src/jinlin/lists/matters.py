"""What items of lists are to other apps: matters that are worked on, and what a decision can become."""

from django.utils.translation import gettext_lazy as _

from jinlin.lists import rules
from jinlin.lists.actions import NewItem, make_project
from jinlin.lists.actions.opening import LONGEST_TITLE
from jinlin.lists.actions.steps import LONGEST
from jinlin.lists.models import Item
from jinlin.lists.states import ItemState
from jinlin.platform.access import Actor
from jinlin.platform.works import Brief, Matter, describes, makes


@describes("item")
def describe_item(actor: Actor, item_id: int) -> Matter | None:
    """Describe an item; lists are open to everybody, and those who keep one work on it."""
    item = Item.objects.select_related("list").filter(pk=item_id).first()
    if item is None:
        return None
    return Matter(
        subject=f"item:{item.pk}",
        title=item.title,
        text=item.words,
        place_code=item.list.place_code,
        url=f"/lists/items/{item.pk}/",
        may_work=rules.keeps(actor, item.list.place_code, item.list.body_id),
        done=item.state in {ItemState.CLOSED, ItemState.ANSWERED},
        followers=lambda: {item.person_id} - {None},
    )


@makes("project", _("a project on the list"))
def make_project_of(actor: Actor, brief: Brief) -> str:
    """Make one project of what was decided, with the places that it consists of, linked to where it came from."""
    new = NewItem(brief.title[:LONGEST_TITLE], brief.text[:LONGEST], origin=brief.source, sites=brief.parts)
    return f"item:{make_project(actor=actor, place_code=brief.place_code, new=new).pk}"
