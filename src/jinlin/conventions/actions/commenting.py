"""Takes comments on a draft in from those who live there, and answers each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.conventions import rules
from jinlin.conventions.actions.steps import STEPS, title_of
from jinlin.conventions.models import Comment, Edition
from jinlin.conventions.states import EditionState, EditionVerb
from jinlin.disclosure.rules import refuse_unconfirmed
from jinlin.people.queries import names_at_home
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.messages.notices import notify
from jinlin.platform.sends import ANY_DOOR, Door, RepeatedSend, sent_once

LONGEST_COMMENT, LONGEST_SUMMARY, LONGEST_ANSWER, MOST_COMMENTS = 1_000, 300, 2_000, 20


@dataclass(frozen=True)
class Reply:
    """What everybody reads of a comment, and the answer; `allowed` are the stretches confirmed."""

    summary: str
    answer: str
    read: bool
    allowed: Sequence[str] = field(default=())


def comment_on(
    *, actor: Actor, edition_id: int, text: str, clause: int | None = None, door: Door = ANY_DOOR
) -> Comment:
    """Comment on a draft, or on one clause of it, as somebody who lives there; a repeat gives the same comment.

    Raises:
        NotSignedIn, NotFound, NotAllowed, KeyReused.
        WrongState: when no comments are received, or one wrote too many; Invalid: for words that are none or too long.
    """
    said = text.strip()
    if not said or len(said) > LONGEST_COMMENT:
        raise Invalid(fields={"text": _("Say what you think, in 1,000 characters at most.")})
    try:
        with sent_once(f"account:{actor.account_id}", door.key, [edition_id, clause, said]) as send:
            comment = _write(actor, edition_id, said, clause)
            send.keep(comment)
    except RepeatedSend as sent:
        comment = Comment.objects.get(pk=sent.subject_id)
    return comment


def _write(actor: Actor, edition_id: int, said: str, clause: int | None) -> Comment:
    edition = Edition.objects.select_for_update(of=("self",)).select_related("convention").filter(pk=edition_id).first()
    if edition is None or not rules.editions_visible_to(actor).filter(pk=edition_id).exists():
        raise NotFound
    rules.lives_there(actor, edition.convention).enforce()
    _refuse_late(edition)
    if clause is not None and not edition.clauses.filter(key=clause).exists():
        raise Invalid(fields={"clause": _("Choose one from the list.")})
    if edition.comments.filter(person_id=actor.person_id).count() >= MOST_COMMENTS:
        raise WrongState(_("You have written %(most)s comments on this draft already.") % {"most": MOST_COMMENTS})
    number, person = edition.comments.count() + 1, actor.person_id
    made = Comment.objects.create(edition=edition, number=number, clause=clause, person_id=person, text=said, at=now())
    record_change(actor, "conventions.comment", made, place_code=edition.convention.place_code, person_id=person)
    return made


def _refuse_late(edition: Edition) -> None:
    until = edition.comments_until
    if edition.state != EditionState.COMMENTS or until is None or until < today():
        raise WrongState(_("No comments are received on this version now."))


def answer_comment(*, actor: Actor, comment_id: int, reply: Reply, door: Door = ANY_DOOR) -> Comment:
    """Answer a comment with words that everybody reads.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused; WrongState for one that is answered or whose version is closed.
        Invalid: for words that are none, too long, or tell who somebody is.
    """
    _check(reply)
    found = Comment.objects.filter(pk=comment_id).first()
    if found is None:
        raise NotFound
    with STEPS.sent(
        actor, found.edition_id, EditionVerb.ANSWER, door, [comment_id, reply.summary, reply.answer]
    ) as edition:
        comment = Comment.objects.get(pk=comment_id)
        if comment.answered_at is not None:
            raise WrongState(_("This comment is answered already."))
        names = names_at_home(comment.person_id)
        refuse_unconfirmed([("summary", reply.summary), ("answer", reply.answer)], reply.allowed, names)
        STEPS.advance(actor, edition, EditionVerb.ANSWER, words=reply.summary.strip())
        comment.summary, comment.answer = reply.summary.strip(), reply.answer.strip()
        comment.answered_at, comment.answered_by_id = now(), actor.account_id
        comment.save(update_fields=["summary", "answer", "answered_at", "answered_by_id"])
        words, link = gettext_lazy("Your comment has an answer: %(title)s."), f"/conventions/versions/{edition.pk}/"
        notify([comment.person_id], words, {"title": title_of(edition)}, link=link)
    return comment


def _check(reply: Reply) -> None:
    wrong = {}
    for name, longest in (("summary", LONGEST_SUMMARY), ("answer", LONGEST_ANSWER)):
        said = getattr(reply, name).strip()
        if not said:
            wrong[name] = _("Please write something here.")
        elif len(said) > longest:
            wrong[name] = _("At most %(most)s characters fit.") % {"most": longest}
    if not reply.read:
        wrong["read"] = _("Read what everybody will see, and confirm it.")
    if wrong:
        raise Invalid(fields=wrong)
