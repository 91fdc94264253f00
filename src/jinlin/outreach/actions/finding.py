"""What was heard on a round goes at once to where it is followed up: the wish wall, a list, or a request."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import find_personal
from jinlin.lists.actions import NewItem, hand_over
from jinlin.lists.models import ItemList
from jinlin.outreach import rules
from jinlin.outreach.actions.planning import locked_round
from jinlin.outreach.models import Finding, Round
from jinlin.outreach.states import RoundState, VisitState
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, WrongState
from jinlin.platform.sends import sent_once
from jinlin.requests.actions import Contact, Report, Where, enter_request
from jinlin.requests.models import Channel, Function
from jinlin.wishes.actions import NewWish, Wisher, enter_wish

LONGEST = 80


@dataclass(frozen=True)
class Teller:
    """Somebody who tells a wish: the nickname for the wall, how they are called and reached, and that they agree."""

    nickname: str
    name: str
    phone: str = ""
    agrees: bool = False


def note_wish(*, actor: Actor, round_id: int, title: str, teller: Teller, text: str = "", key: str = "") -> Finding:
    """Write down a wish that was told on a round; the community checks it for the wall.

    Raises:
        NotFound, NotAllowed, RepeatedSend, KeyReused; WrongState before the day and after the close.
        Invalid: as for any wish.
    """
    with sent_once(f"account:{actor.account_id}", key, [round_id, "wish", title, vars(teller)]) as send:
        found = _open_round(actor, round_id)
        new = NewWish(title, teller.nickname, found.place_code, text, origin=f"round:{found.pk}")
        wish = enter_wish(actor=actor, new=new, wisher=Wisher(teller.name, teller.phone, teller.agrees))
        made = _kept(actor, found, Finding.Kind.WISH, wish.title, f"wish:{wish.pk}")
        send.keep(made)
    return made


def note_issue(
    *, actor: Actor, round_id: int, words: str, list_id: int | None = None, visit_id: int | None = None, key: str = ""
) -> Finding:
    """Hand an issue over to a list of the community, or raise it as a request where no list is named.

    Raises:
        NotFound, NotAllowed, RepeatedSend, KeyReused; WrongState before the day, after the close, and for a home that declined.
        Invalid: without words, with personal data, or for a list of another community.
    """
    said = words.strip()
    if not said or find_personal(said):
        raise Invalid(fields={"words": _("Say what is to be solved, without names and telephone numbers.")})
    with sent_once(f"account:{actor.account_id}", key, [round_id, "issue", said, list_id, visit_id]) as send:
        found = _open_round(actor, round_id)
        _check_visit(actor, found, visit_id)
        became = _raised(actor, found, said) if list_id is None else _listed(actor, found, said, list_id)
        made = _kept(actor, found, Finding.Kind.ISSUE, said[:LONGEST], became, visit_id)
        send.keep(made)
    return made


def _open_round(actor: Actor, round_id: int) -> Round:
    found = locked_round(actor, round_id)
    rules.may_go_along(actor, found).enforce()
    if found.state != RoundState.PLANNED:
        raise WrongState(_("This round is over."))
    if found.on > today():
        raise WrongState(_("It has not been yet; a round to come has no results."))
    return found


def _check_visit(actor: Actor, found: Round, visit_id: int | None) -> None:
    if visit_id is None:
        return
    visit = found.visits.filter(pk=visit_id).first()
    if visit is None:
        raise Invalid(fields={"visit": _("This home is not part of the round.")})
    rules.may_visit(actor, visit).enforce()
    if visit.state == VisitState.DECLINED:
        raise WrongState(_("This home does not want a visit."))


def _raised(actor: Actor, found: Round, words: str) -> str:
    where = Where(place_code=found.place_code, words=found.spot)
    report = Report(text=words, function=Function.HELP, channel=Channel.VISIT, where=where)
    receipt = enter_request(actor=actor, report=report, contact=Contact())
    return f"request:{receipt.request.pk}"


def _listed(actor: Actor, found: Round, words: str, list_id: int) -> str:
    item_list = ItemList.objects.filter(pk=list_id, closed_at__isnull=True).first()
    if item_list is None or not item_list.place_code.startswith(found.place_code):
        raise Invalid(fields={"list": _("Choose an open list of this community.")})
    item = NewItem(words[:LONGEST], words if len(words) > LONGEST else "", origin=f"round:{found.pk}")
    return f"item:{hand_over(actor=actor, list_id=list_id, items=[item])[0].pk}"


def _kept(
    actor: Actor, found: Round, kind: Finding.Kind, title: str, became: str, visit_id: int | None = None
) -> Finding:
    made = Finding.objects.create(
        round=found, visit_id=visit_id, kind=kind, title=title, became=became, at=now(), actor_id=actor.account_id
    )
    record_change(actor, "outreach.note", made, place_code=found.place_code, became=became)
    return made
