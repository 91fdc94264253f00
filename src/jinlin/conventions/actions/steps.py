"""The steps of a version of a convention, each through the one way of all steps."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.conventions import rules
from jinlin.conventions.models import Edition
from jinlin.conventions.states import EDITIONS, EditionVerb
from jinlin.disclosure.rules import refuse_unconfirmed
from jinlin.platform.access import Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, Words, WrongState
from jinlin.platform.messages.notices import notify
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.stepping import Steps, Taken, locked_row
from jinlin.platform.wording import in_a_row

LONGEST = 300
V = EditionVerb
TOLD: Mapping[str, Words] = {
    V.PUT: gettext_lazy("What you commented on is put to the vote: %(title)s."),
    V.ADOPT: gettext_lazy("What you commented on is adopted: %(title)s."),
    V.PAPER: gettext_lazy("What you commented on is adopted: %(title)s."),
    V.REJECT: gettext_lazy("What you commented on was not adopted: %(title)s."),
}


def _locked(actor: Actor, edition_id: int) -> Edition:
    visible = rules.editions_visible_to(actor)
    return locked_row(Edition, edition_id, "convention__zone", "convention__body", visible=visible)


def _about(edition: Edition) -> Mapping[str, Any]:
    return {"place_code": edition.convention.place_code, "edition": edition.number}


def _tell(taken: Taken[Edition]) -> None:
    edition = taken.row
    if taken.verb in TOLD:
        persons = set(edition.comments.values_list("person_id", flat=True))
        link = f"/conventions/versions/{edition.pk}/"
        notify(persons, TOLD[taken.verb], {"title": title_of(edition)}, link=link)


def title_of(edition: Edition) -> str:
    """Return what a version is called where it is told of: estate, kind and number."""
    kind = rules.kind_of(edition.convention.kind)
    name = kind.name if kind else edition.convention.kind
    return _("%(estate)s %(kind)s, version %(number)s") % {
        "estate": edition.convention.zone.name,
        "kind": name,
        "number": edition.number,
    }


STEPS: Steps[Edition] = Steps(
    audited="conventions.{verb}", table=EDITIONS, lock=_locked, may=rules.may, about=_about, follow=_tell
)


def open_for_comments(*, actor: Actor, edition_id: int, until: date, door: Door = ANY_DOOR) -> Edition:
    """Open a draft for comments until the end of a day.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused.
        Invalid: without a clause, for too short a time, or for words that tell who somebody is.
    """
    with STEPS.sent(actor, edition_id, V.OPEN, door, [until.isoformat()]) as edition:
        kind = rules.kind_of(edition.convention.kind)
        first = today() + timedelta(days=kind.comment_days if kind else 1)
        if until < first:
            raise Invalid(fields={"until": _("Comments are received until %(day)s at least.") % {"day": first}})
        clauses = list(edition.clauses.all())
        if not clauses:
            raise Invalid(fields={"until": _("Write at least one clause first.")})
        refuse_unconfirmed([("until", "\n".join(clause.text for clause in clauses))], ())
        STEPS.advance(actor, edition, V.OPEN, columns={"comments_until": until})
    return edition


def revise_edition(*, actor: Actor, edition_id: int, words: str, door: Door = ANY_DOOR) -> Edition:
    """Take a version back to revise it, with the reason; its comments stay. Raises as `open_for_comments`."""
    columns = {"comments_until": None, "put_at": None, "from_day": None, "work": "", "voted_on": None}
    return STEPS.take(actor, edition_id, V.REVISE, door, words=clean(words), columns=columns)


def drop_edition(*, actor: Actor, edition_id: int, words: str, door: Door = ANY_DOOR) -> Edition:
    """Drop a version that will not be voted on, with the reason. Raises as `open_for_comments`."""
    return STEPS.take(actor, edition_id, V.DROP, door, words=clean(words))


def put_to_vote(*, actor: Actor, edition_id: int, from_day: date, door: Door = ANY_DOOR) -> Edition:
    """Put a version to the vote, as it stands; if it is adopted, it is in force from `from_day`.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused.
        WrongState: while it lacks a required clause, still receives comments, or a comment has no answer.
        Invalid: for a day that is not ahead.
    """
    with STEPS.sent(actor, edition_id, V.PUT, door, [from_day.isoformat()]) as edition:
        if from_day <= today():
            raise Invalid(fields={"from_day": _("Choose a day that is still ahead.")})
        if edition.state in EDITIONS.sources(V.PUT):
            _refuse_unready(edition)
        STEPS.advance(actor, edition, V.PUT, columns={"put_at": now(), "from_day": from_day})
    return edition


def _refuse_unready(edition: Edition) -> None:
    if missing := rules.missing_clauses(edition):
        raise WrongState(_("It lacks what it must hold: %(clauses)s.") % {"clauses": in_a_row(missing)})
    if edition.comments_until is not None and today() <= edition.comments_until:
        raise WrongState(_("Comments are received until %(day)s.") % {"day": edition.comments_until})
    if edition.comments.filter(answered_at__isnull=True).exists():
        raise WrongState(_("Answer every comment first."))


def clean(words: str, *, field: str = "words", longest: int = LONGEST) -> str:
    """Return words that everybody may read. Raises: Invalid."""
    said = words.strip()
    if not said:
        raise Invalid(fields={field: _("Please say it in a few words.")})
    if len(said) > longest:
        raise Invalid(fields={field: _("At most %(most)s characters fit.") % {"most": longest}})
    refuse_unconfirmed([(field, said)], ())
    return said
