"""Prepares ballots, announces them with their roll, and calls them off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.chinese_text import find_personal
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import LOCAL, now
from jinlin.platform.errors import Invalid, NotFound, Stale, Words
from jinlin.platform.events import announce
from jinlin.platform.gates import Intent, may_begin
from jinlin.platform.messages.notices import notify
from jinlin.platform.sends import ANY_DOOR, Door, sent_once
from jinlin.platform.works import Concluded, Outcome, matter_of
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import BallotKind
from jinlin.voting import rules
from jinlin.voting.electorates import ELECTORATES, ZONE
from jinlin.voting.fixed import fixed_options
from jinlin.voting.models import Ballot, Option, Question, RollEntry
from jinlin.voting.outcomes import PURPOSES, purpose_of
from jinlin.voting.states import BALLOTS, BallotVerb

BATCH = 2_000
MOST_QUESTIONS = 30
MOST_OPTIONS = 200
LONGEST_TITLE, LONGEST_OPTION = 80, 80


@dataclass(frozen=True)
class NewOption:
    """One option to choose."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class NewQuestion:
    """One question; consent and appraisals bring their options, a choice has those given, of which `most` may be marked."""

    title: str
    options: tuple[NewOption, ...] = ()
    most: int = 1
    seats: int = 1


@dataclass(frozen=True)
class NewBallot:
    """A ballot to prepare; `scope` holds codes of places and `zone:ID`, `subject` the matter that it is held for."""

    kind: str
    title: str
    text: str
    body: Body
    place_code: str
    scope: tuple[str, ...]
    scope_name: str
    opens_at: datetime
    closes_at: datetime
    questions: tuple[NewQuestion, ...]
    subject: str = ""


def prepare_ballot(*, actor: Actor, new: NewBallot, key: str = "") -> Ballot:
    """Prepare a ballot that nobody sees yet but the desk.

    Raises:
        RepeatedSend, KeyReused; NotAllowed also where something else has to come first; NotFound for a matter that the actor
        may not know of.
        Invalid: without words, with names or numbers of persons, outside the period that the kind allows, without questions.
    """
    kind = current_playbook().ballot_kind(new.kind)
    rules.may_call(actor, kind, new.place_code).enforce()
    _check(actor, kind, new)
    may_begin(Intent(new.subject, PURPOSES[kind.method], kind.key)).enforce()
    with sent_once(f"account:{actor.account_id}", key, [new.kind, new.title, new.text, new.scope, new.subject]) as send:
        made = Ballot.objects.create(
            kind=kind.key, rule=kind.model_dump(mode="json"), title=new.title.strip(), text=new.text.strip(),
            place_code=new.place_code, scope=list(new.scope), scope_name=new.scope_name, body=new.body, subject=new.subject,
            opens_at=new.opens_at, closes_at=new.closes_at, made_at=now(), made_by_id=actor.account_id,
        )  # fmt: skip
        for order, question in enumerate(new.questions):
            _ask(made, kind, order, question)
        record_change(actor, "voting.prepare", made, place_code=made.place_code)
        send.keep(made)
    return made


def _ask(ballot: Ballot, kind: BallotKind, order: int, new: NewQuestion) -> None:
    chosen = kind.method == "choose"
    question = Question.objects.create(
        ballot=ballot,
        order=order,
        title=new.title.strip(),
        most=new.most if chosen else 1,
        seats=new.seats if chosen else 1,
    )
    given = [(f"o{n}", one.title.strip(), one.text.strip()) for n, one in enumerate(new.options, 1)]
    rows = given if chosen else [(key, title, "") for key, title in fixed_options(kind.method)]
    Option.objects.bulk_create(
        Option(question=question, order=n, key=key, title=title, text=text) for n, (key, title, text) in enumerate(rows)
    )


def _check(actor: Actor, kind: BallotKind, new: NewBallot) -> None:
    follows = kind.electorate == "followers"
    found: dict[str, Words] = {
        "title": _words_fault(new.title, LONGEST_TITLE),
        "text": _words_fault(new.text, 4_000),
        "scope": "" if follows or new.scope else _("Say whose homes it concerns."),
        "closes_at": _period_fault(kind, new),
        "questions": _questions_fault(kind, new.questions),
    }
    if follows and not new.subject:
        found["scope"] = _("This kind of ballot is called from the matter that it is about.")
    if new.subject:
        matter = matter_of(actor, new.subject)
        if not matter.may_work:
            found["subject"] = _("You see this matter, but others call ballots for it.")
        elif kind.method == "appraise" and not matter.done:
            found["subject"] = _("It is judged once it is done; it is still being worked on.")
    if wrong := {name: why for name, why in found.items() if why}:
        raise Invalid(fields=wrong)


def _words_fault(words: str, longest: int) -> Words:
    if not words.strip():
        return _("Say in a few words what it is.")
    if len(words.strip()) > longest:
        return _("At most %(most)s characters.") % {"most": longest}
    return _("Everybody reads this: leave names, telephone and identity numbers out.") if find_personal(words) else ""


def _period_fault(kind: BallotKind, new: NewBallot) -> Words:
    if new.closes_at <= now():
        return _("This day is over already.")
    if new.closes_at - new.opens_at < timedelta(days=kind.days_least):
        return _("It has to stay open for %(days)s days at least.") % {"days": kind.days_least}
    if new.closes_at - new.opens_at > timedelta(days=kind.days_most):
        return _("It stays open for %(days)s days at most.") % {"days": kind.days_most}
    return ""


def _questions_fault(kind: BallotKind, questions: Iterable[NewQuestion]) -> Words:
    asked = list(questions)
    if not 0 < len(asked) <= MOST_QUESTIONS:
        return _("Ask at least one question, and at most %(most)s.") % {"most": MOST_QUESTIONS}
    for question in asked:
        if fault := _words_fault(question.title, 120):
            return fault
        if kind.method == "choose" and (fault := _options_fault(question)):
            return fault
    return ""


def _options_fault(question: NewQuestion) -> Words:
    titles = [option.title.strip() for option in question.options]
    if len(titles) < 2 or len(titles) > MOST_OPTIONS:
        return _("Give two options at least, and at most %(most)s.") % {"most": MOST_OPTIONS}
    if len(set(titles)) < len(titles):
        return _("An option is there twice.")
    if not 1 <= question.most <= len(titles) or not 1 <= question.seats <= len(titles):
        return _("There are fewer options than may be chosen.")
    return next((fault for title in titles if (fault := _words_fault(title, LONGEST_OPTION))), "")


def locked_ballot(actor: Actor, ballot_id: int) -> Ballot:
    """Return a ballot of the desk, locked until the transaction ends. Raises NotFound."""
    if not rules.ballots_at_desk(actor).filter(pk=ballot_id).exists():
        raise NotFound
    return Ballot.objects.select_for_update().get(pk=ballot_id)


def announce_ballot(*, actor: Actor, ballot_id: int, door: Door = ANY_DOOR) -> Ballot:
    """Freeze the roll, show the ballot to everybody and tell those who vote.

    Raises:
        NotFound, Stale, RepeatedSend, KeyReused; NotAllowed also where something else has to come first.
        WrongState if it was announced or called off before.
        Invalid: its period is over by now, or nobody would be on the roll.
    """
    with sent_once(f"account:{actor.account_id}", door.key, ["announce", ballot_id]) as send:
        ballot = locked_ballot(actor, ballot_id)
        _seen(ballot, door)
        rules.may_run(actor, ballot).enforce()
        may_begin(Intent(ballot.subject, purpose_of(ballot), ballot.kind)).enforce()
        ballot.state = BALLOTS.after(BallotVerb.ANNOUNCE, ballot.state)
        if ballot.closes_at <= now():
            raise Invalid(fields={"closes_at": _("This day is over already.")})
        voters = _freeze_roll(actor, ballot)
        ballot.announced_at = now()
        ballot.save(update_fields=["state", "announced_at", "heads", "area"])
        record_change(actor, "voting.announce", ballot, place_code=ballot.place_code, heads=ballot.heads)
        words = gettext_lazy("You are asked to vote until %(day)s: %(title)s.")
        values = {"day": f"{ballot.closes_at.astimezone(LOCAL):%Y-%m-%d %H:%M}", "title": ballot.title}
        notify(ELECTORATES[ballot.by.electorate].persons(voters), words, values, link=f"/ballots/{ballot.pk}/")
        send.keep(ballot)
    return ballot


def _freeze_roll(actor: Actor, ballot: Ballot) -> list[str]:
    electorate = ELECTORATES[ballot.by.electorate]
    entries = list(electorate.roll(actor, ballot))
    if not entries:
        raise Invalid(fields={"scope": _("Nobody would be on the roll; choose homes that somebody lives in.")})
    without_area = sum(not entry.area for entry in entries)
    if electorate.has_area and without_area:
        why = _("%(count)s entries of the roll have no exclusive area; enter it with the homes first.")
        raise Invalid(fields={"scope": why % {"count": without_area}})
    RollEntry.objects.bulk_create(entries, batch_size=BATCH)
    ballot.heads, ballot.area = len(entries), sum(entry.area for entry in entries)
    return [entry.voter for entry in entries]


def _seen(ballot: Ballot, door: Door) -> None:
    if door.seen and door.seen != ballot.state:
        raise Stale


def cancel_ballot(*, actor: Actor, ballot_id: int, reason: str, door: Door = ANY_DOOR) -> Ballot:
    """Call a ballot off before it is counted; everybody reads why.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused; Invalid without a reason fit for everybody.
    """
    if fault := _words_fault(reason, 200):
        raise Invalid(fields={"reason": fault})
    with sent_once(f"account:{actor.account_id}", door.key, ["cancel", ballot_id, reason]) as send:
        ballot = locked_ballot(actor, ballot_id)
        _seen(ballot, door)
        rules.may_run(actor, ballot).enforce()
        ballot.state = BALLOTS.after(BallotVerb.CANCEL, ballot.state)
        ballot.reason = reason.strip()
        ballot.save(update_fields=["state", "reason"])
        record_change(actor, "voting.cancel", ballot, place_code=ballot.place_code)
        if ballot.subject and ballot.announced_at:
            announce(Concluded(ballot.subject, f"ballot:{ballot.pk}", Outcome.FAILED))
        send.keep(ballot)
    return ballot


def scope_of_zone(zone_id: int) -> str:
    """Return the word by which a ballot's scope names a zone."""
    return f"{ZONE}{zone_id}"
