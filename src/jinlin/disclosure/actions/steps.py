"""How notices take their steps: sent once, locked, allowed, moved, written down, and told."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinlin.disclosure import rules
from jinlin.disclosure.models import PublicNotice
from jinlin.disclosure.rules.notices import receives_objections, visible_to
from jinlin.disclosure.states import NOTICES, NoticeState, NoticeVerb
from jinlin.organisations.rules import speaking_appointments
from jinlin.people.models import Account
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.errors import NotFound, Words, WrongState
from jinlin.platform.events import announce
from jinlin.platform.messages.notices import notify
from jinlin.platform.stepping import Steps, Taken, locked_row
from jinlin.platform.works import Concluded, Outcome, matter_of

V = NoticeVerb
OUTCOMES = {
    NoticeState.ENDED: Outcome.DONE,
    NoticeState.UPHELD: Outcome.UPHELD,
    NoticeState.TAKEN_DOWN: Outcome.FAILED,
}
"""What the end of a notice means to the matter that it was posted for."""
TOLD_FOLLOWERS: Mapping[str, Words] = {
    V.POST: _("Posted until %(day)s: %(title)s."),
    V.CHANGE: _("Changed and posted anew until %(day)s: %(title)s."),
    V.END: _("The period is over: %(title)s."),
    V.UPHOLD: _("An objection was upheld: %(title)s."),
    V.TAKE_DOWN: _("Taken down early: %(title)s."),
}
"""What those hear who follow the matter, and those who have objected."""
TOLD_POSTERS: Mapping[str, Words] = dict.fromkeys((V.OBJECT, V.ENTER), _("An objection came in: %(title)s."))


def locked(actor: Actor, notice_id: int) -> PublicNotice:
    """Lock a notice that the actor may know of. Raises: NotFound."""
    return locked_row(PublicNotice, notice_id, "body", visible=visible_to(actor))


def _check(actor: Actor, notice: PublicNotice, verb: str) -> None:
    """Raises: WrongState with a reason of its own for an objection that comes too late."""
    ruling = receives_objections(notice)
    if verb == V.OBJECT and notice.state not in {NoticeState.DRAFT, NoticeState.DROPPED} and not ruling:
        raise WrongState(ruling.reason)


def about(notice: PublicNotice) -> Mapping[str, Any]:
    """Return what the audit trail says of a step of this notice."""
    return {"place_code": notice.place_code, "edition": notice.edition}


def _follow(taken: Taken[PublicNotice]) -> None:
    notice, verb = taken.row, taken.verb
    values = {"title": notice.title, "day": notice.last_day}
    link = f"/public/notices/{notice.number}/"
    if verb in TOLD_FOLLOWERS:
        notify(_followers(notice) - {taken.actor.person_id}, TOLD_FOLLOWERS[verb], values, link=link)
    if verb in TOLD_POSTERS:
        notify(posters_of(notice), TOLD_POSTERS[verb], values, link=f"/desk/notices/{notice.pk}/")
    if notice.subject and notice.state != taken.before["state"] and notice.state in OUTCOMES:
        announce(Concluded(notice.subject, f"notice:{notice.pk}", OUTCOMES[NoticeState(notice.state)]))


def _followers(notice: PublicNotice) -> set[int]:
    objectors = set(notice.objections.exclude(person=None).values_list("person_id", flat=True))
    try:
        return objectors | (matter_of(SYSTEM, notice.subject).followers() if notice.subject else set())
    except NotFound:
        return objectors


def posters_of(notice: PublicNotice) -> set[int]:
    """Return the persons who answer for a notice: whoever posted it, and those who act for its body."""
    posters: Iterable[int | None] = notice.editions.values_list("posted_by_id", flat=True)
    accounts = Account.objects.filter(pk__in=[pk for pk in posters if pk], person__isnull=False)
    members = speaking_appointments().filter(body_id=notice.body_id)
    return {*accounts.values_list("person_id", flat=True), *members.values_list("person_id", flat=True)}


STEPS: Steps[PublicNotice] = Steps(
    audited="disclosure.{verb}_notice",
    table=NOTICES,
    lock=locked,
    may=rules.may,
    about=about,
    check=_check,
    follow=_follow,
)
