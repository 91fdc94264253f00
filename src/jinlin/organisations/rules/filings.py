"""Who files a matter, who answers it, who reads it, and what counts as a reason."""

import re
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import is_within
from jinlin.organisations.models import Appointment, Body, Filing
from jinlin.organisations.rules.acting import bodies_kept_by, bodies_of, may_act_for
from jinlin.organisations.states import FilingState
from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Words
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Filing as FilingKind
from jinlin.playbooks.schema import Playbook, Post

APPEAL = "appeal"
"""The heading under which an appeal says what speaks against the answers."""
MARK = re.compile(
    r"[\s\W]*[\d０-９一二三四五六七八九十百零〇]+([.．点][\d０-９]+)?\s*(/\s*\d+|%|％|分|星|级|points?|stars?)?[\s\W]*"
)
"""A number, with or without its unit: a mark that somebody is given."""


def may_file(actor: Actor, by: Body, kind: FilingKind) -> Ruling:
    """Say whether the actor puts a matter of this kind before others in the name of the body `by`."""
    if by.kind not in kind.by:
        return no(_("%(body)s does not file matters of this kind.") % {"body": by.name})
    if not by.active:
        return no(_("%(body)s is not active.") % {"body": by.name})
    return may_act_for(actor, by)


def may_answer(actor: Actor, filing: Filing, body: Body, asked: set[int]) -> Ruling:
    """Say whether the actor answers for a body: one that was asked, and not whoever filed the matter themselves."""
    if body.pk not in asked:
        return no(_("%(body)s was not asked about this matter.") % {"body": body.name})
    if filing.filed_by_id is not None and filing.filed_by_id == actor.account_id:
        return no(_("Whoever files a matter does not answer it; somebody else of this body does."))
    if filing.person_id is not None and filing.person_id == actor.person_id:
        return no(_("Nobody answers a matter about themselves."))
    return may_act_for(actor, body)


def filings_visible_to(actor: Actor) -> QuerySet[Filing]:
    """Return the filings that are the actor's business.

    Those of their bodies and put before them, about themselves, and those of the area they keep that are about nobody.
    """
    if actor.is_system:
        return Filing.objects.all()
    mine = bodies_of(actor).values("pk")
    about_me = Q(person_id=actor.person_id) if actor.person_id else Q(pk__in=[])
    kept = Q(person__isnull=True, by__in=bodies_kept_by(actor).values("pk"))
    ids = Filing.objects.filter(Q(by__in=mine) | Q(answers__body__in=mine) | about_me | kept).values("pk")
    return Filing.objects.filter(pk__in=ids)


def missing_headings(kind: FilingKind, words: Mapping[str, str]) -> dict[str, Words]:
    """Return for each heading that is not filled with a reason what is wrong with it."""
    wrong: dict[str, Words] = {}
    for heading in kind.headings:
        text = words.get(heading.key, "").strip()
        if not text:
            wrong[heading.key] = _("“%(heading)s” is not filled yet.") % {"heading": heading.name}
        elif MARK.fullmatch(text):
            wrong[heading.key] = _("“%(heading)s” needs a reason in words; persons are not given marks.") % {
                "heading": heading.name
            }
    return wrong


def posts_filed_by(playbook: Playbook, kind: FilingKind) -> list[Post]:
    """Return the posts that begin with a filing of this kind; such a filing is about a person, a post and its body."""
    return [post for post in playbook.post if post.filing == kind.key]


def posts_about(playbook: Playbook, kind: FilingKind) -> list[Post]:
    """Return the posts that a filing of this kind is about: those that begin with it, or whose holders file it."""
    return [post for post in playbook.post if post.filing == kind.key or post.key in kind.holders]


def about_faults(
    posts: Sequence[Post], by: Body, *, subject: Body | None, person: Person | None, post: str
) -> dict[str, Words]:
    """Return what is wrong with whom and what a filing is about, by field; `posts` are those that its kind is about."""
    wrong: dict[str, Words] = {}
    chosen = next((row for row in posts if row.key == post), None)
    if posts and (person is None or person.erased_at is not None):
        wrong["person"] = _("Say whom it is about.")
    if posts and chosen is None:
        wrong["post"] = _("Choose the post that it is about.")
    if posts and subject is None:
        wrong["subject"] = _("Choose the body at which the post is.")
    if not posts and (person is not None or post):
        wrong["person"] = _("Matters of this kind are about no person and no post.")
    if subject is not None and (fault := _subject_fault(chosen, by, subject)):
        wrong["subject"] = fault
    return wrong


def _subject_fault(post: Post | None, by: Body, subject: Body) -> Words:
    names = {"body": subject.name, "by": by.name}
    if not is_within(subject.place_code, by.place_code) or by.zone_id not in {None, subject.zone_id}:
        return _("%(body)s lies outside the area of %(by)s.") % names
    if subject.ended_on is not None:
        return _("%(body)s is not active.") % names
    return _("There is no such post at this body.") if post and subject.kind not in post.bodies else ""


def may_file_as(actor: Actor, held: Appointment, by: Body, kind: FilingKind) -> Ruling:
    """Say whether the actor files this about themselves, as the holder of a post that runs."""
    if held.key not in kind.holders:
        return no(_("Holders of this post do not file matters of this kind."))
    if held.person_id != actor.person_id or not held.is_running(today()):
        return no(_("Only who holds the post today files this, about themselves."))
    return may_file(actor, by, kind)


def may_follow(kind: FilingKind, call: Filing | None, place_code: str) -> Ruling:
    """Say whether something at this place follows the call: one of the right kind, still open, and made for this area."""
    if kind.follows is None and call is None:
        return YES
    if call is None or call.kind != kind.follows or call.state != FilingState.ACCEPTED or call.due_at < now():
        return no(_("There is no such call that is still open."))
    if not is_within(place_code, call.by.place_code):
        return no(_("This call is for the area of %(body)s.") % {"body": call.by.name})
    return YES


def may_appeal(actor: Actor, filing: Filing) -> Ruling:
    """Say whether the actor appeals: once, against a matter about themselves that was returned."""
    if filing.person_id is None or filing.person_id != actor.person_id:
        return no(_("Only whom it is about appeals."))
    if filing.state != FilingState.RETURNED:
        return no(_("Only what was returned can be appealed against."))
    if APPEAL in filing.words or filing.followers.exists():
        return no(_("There has been an appeal already."))
    return YES


def may_comment(actor: Actor, filing: Filing, homes: Iterable[str]) -> Ruling:
    """Say whether the actor comments on what is published: residents of its place do, on what others say."""
    actor.must_be_signed_in()
    if filing.person_id == actor.person_id:
        return no(_("Nobody comments on their own report."))
    if not any(is_within(home, filing.place_code) for home in homes):
        return no(_("Those who live here comment on it."))
    return YES


def may_read_verdicts(actor: Actor, filing: Filing, asked: set[int]) -> Ruling:
    """Say whether the actor reads what each body answered: about a person, only they themselves and those who answer."""
    if actor.is_system or filing.person_id in {None, actor.person_id}:
        return YES
    if bodies_of(actor).filter(pk__in=asked).exists():
        return YES
    return no(_("What each body answered is read by the person and by those who answer."))


def may_withdraw(actor: Actor, filing: Filing) -> Ruling:
    """Say whether the actor takes back a matter: who filed it does, the body or the holder of a post, until it is decided."""
    if _filed_by_person(filing) and filing.person_id != actor.person_id:
        return no(_("Whoever filed this about themselves takes it back."))
    ruling = may_act_for(actor, filing.by)
    if ruling and filing.state != FilingState.PENDING:
        return no(_("It has been decided already."))
    return ruling if not ruling else YES


def _filed_by_person(filing: Filing) -> bool:
    """Say whether the person filed it themselves: an appeal, or what holders of a post file."""
    of_holders = any(kind.key == filing.kind and kind.holders for kind in current_playbook().filing)
    return filing.person_id is not None and (of_holders or APPEAL in filing.words)
