"""Matters that bodies put before others: filed, answered by each that was asked, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.place_codes import ancestors_of
from jinlin.algorithms.working_time import Unit, deadline
from jinlin.organisations import rules
from jinlin.organisations.models import Appointment, Body, Filing, FilingAnswer
from jinlin.organisations.queries import serving
from jinlin.organisations.queries.filings import with_answers
from jinlin.organisations.states import FILINGS, FilingVerb, Verdict
from jinlin.people.actions import person_behind
from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change, record_read
from jinlin.platform.dates import local_day, now, today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, Words, WrongState
from jinlin.platform.messages.notices import notify
from jinlin.platform.numbers import next_number
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Filing as FilingKind
from jinlin.region.calendars import working_calendar

LONGEST_TITLE = 120
LONGEST_WORDS = 2_000
LONGEST_GROUND = 300


@dataclass(frozen=True)
class NewFiling:
    """A matter to file: `words` by heading; one about a post names person, post and, as `subject`, the body with the post.

    What answers a call names it in `follows`.
    """

    kind: str
    title: str
    by: Body
    words: Mapping[str, str] = field(default_factory=dict)
    subject: Body | None = None
    person: Person | None = None
    post: str = ""
    follows: Filing | None = None


def file_matter(*, actor: Actor, new: NewFiling) -> Filing:
    """Put a matter before the bodies that have to answer it, each within the playbook's working days.

    Raises:
        NotAllowed: for somebody who does not act for the body, or a body that does not file such matters.
        Invalid: for an unknown kind, a heading without a reason (named by its key), a matter about a post without its
            person, post or body, a body outside the area of the one that files, or where nobody can answer.
    """
    kind = kind_named(new.kind)
    rules.may_file(actor, new.by, kind).enforce()
    if kind.holders:
        raise NotAllowed(_("Holders of the post file this themselves."))
    return put_before(actor, kind, new, checked_words(kind, new), asked_by(kind, new.by))


def put_before(actor: Actor, kind: FilingKind, new: NewFiling, words: dict[str, str], asked: list[Body]) -> Filing:
    """Write a checked matter down and tell those who answer it; what nobody answers is accepted at once."""
    at = now()
    with transaction.atomic():
        filing = Filing.objects.create(
            kind=kind.key,
            title=new.title.strip(),
            by=new.by,
            subject=new.subject,
            person=new.person,
            post=new.post,
            follows=new.follows,
            place_code=(new.subject or new.by).place_code,
            words=words,
            filed_at=at,
            filed_by_id=actor.account_id,
            due_at=deadline(at, kind.days, Unit.WORKING_DAYS, working_calendar()).at,
        )
        FilingAnswer.objects.bulk_create(FilingAnswer(filing=filing, body=body) for body in asked)
        _record(actor, "file", filing)
        if asked:
            _tell(asked, filing, gettext_lazy("%(body)s files: %(title)s"))
        else:
            _decide(filing, [])
            _tell_of_call(filing)
    return filing


def _tell_of_call(call: Filing) -> None:
    """Tell those who may follow a call: the holders of its posts in the area of the body that calls."""
    posts = {post for kind in current_playbook().filing if kind.follows == call.kind for post in kind.holders}
    rows = serving(today(), place_code=call.by.place_code, keys=posts) if posts else Appointment.objects.none()
    words, link = gettext_lazy("%(body)s calls for applications: %(title)s"), reverse("organisations:my-posts")
    notify(rows.values_list("person_id", flat=True).distinct(), words, _values(call), link=link)


def file_choice(*, actor: Actor, new: NewFiling, phone: str, name: str) -> Filing:
    """File a matter about somebody known by a telephone number, or by name and number where nobody is yet.

    Raises:
        NotAllowed: as `file_matter`.
        Invalid: as `file_matter` and `people.actions.person_behind`; then nobody has been noted either.
    """
    rules.may_file(actor, new.by, kind_named(new.kind)).enforce()
    with transaction.atomic():
        return file_matter(actor=actor, new=replace(new, person=person_behind(actor=actor, phone=phone, name=name)))


def open_filing(*, actor: Actor, filing_id: int) -> Filing:
    """Return a filing with its answers, and write down who looked where it is about a person.

    Raises:
        NotFound: for one that is not the actor's business.
    """
    filing = with_answers(rules.filings_visible_to(actor)).filter(pk=filing_id).first()
    if filing is None:
        raise NotFound
    if filing.person_id is not None:
        place, person = filing.place_code, filing.person_id
        record_read(actor, "organisations.open_filing", filing, person_id=person, place_code=place)
    return filing


def kind_named(key: str) -> FilingKind:
    """Return a kind of filing of the playbook.

    Raises:
        Invalid: for one that there is not.
    """
    for kind in current_playbook().filing:
        if kind.key == key:
            return kind
    raise Invalid(fields={"kind": _("This place has no such kind of filing.")})


def checked_words(kind: FilingKind, new: NewFiling) -> dict[str, str]:
    """Return the words of a matter by heading, once everything about it fits.

    Raises:
        Invalid: what does not fit, by field and heading.
    """
    posts = rules.posts_about(current_playbook(), kind)
    wrong = rules.about_faults(posts, new.by, subject=new.subject, person=new.person, post=new.post)
    wrong |= rules.missing_headings(kind, new.words)
    if not new.title.strip() or len(new.title.strip()) > LONGEST_TITLE:
        wrong["title"] = _("A title of 1 to %(most)s characters says what it is about.") % {"most": LONGEST_TITLE}
    known = [heading.key for heading in kind.headings]
    for key in set(new.words) - set(known):
        wrong[key] = _("There is no such heading.")
    if any(len(text) > LONGEST_WORDS for text in new.words.values()):
        wrong.setdefault("words", _("At most %(most)s characters under a heading.") % {"most": LONGEST_WORDS})
    if wrong:
        raise Invalid(fields=wrong)
    return {key: new.words[key].strip() for key in known}


def asked_by(kind: FilingKind, by: Body) -> list[Body]:
    """Return for each kind that has to answer the closest body whose area the matter lies in.

    Raises:
        Invalid: where one is missing.
    """
    places = [by.place_code, *ancestors_of(by.place_code)]
    rows = Body.objects.filter(kind__in=kind.to, active=True, place_code__in=places).exclude(pk=by.pk)
    nearest: dict[str, Body] = {}
    for body in sorted(rows, key=lambda row: (len(row.place_code), row.zone_id == by.zone_id)):
        if body.zone_id in (None, by.zone_id):
            nearest[body.kind] = body
    missing = [current_playbook().body_kind(name).short_name for name in kind.to if name not in nearest]
    if missing:
        raise Invalid(
            _("Nobody can answer yet: there is no %(bodies)s here.") % {"bodies": in_a_row(missing)},
            remedy=_("Found the body first, then file the matter."),
        )
    return [nearest[name] for name in kind.to]


def answer_filing(*, actor: Actor, filing_id: int, body_id: int, verdict: str, ground: str = "") -> Filing:
    """Answer a matter for one body that was asked; it is decided when all have answered.

    It is accepted, with a receipt number, when none says that it does not pass, and returned otherwise.

    Raises:
        NotFound: for a filing or body that there is none of.
        NotAllowed: for a body that was not asked, somebody who does not act for it, or who filed the matter.
        WrongState: for a matter that is decided, or a body that has answered.
        Invalid: for an unknown verdict, or one that does not pass without a ground.
    """
    with transaction.atomic():
        filing = locked_filing(filing_id)
        answers = {row.body_id: row for row in filing.answers.filter(body__isnull=False).select_related("body")}
        body = answers[body_id].body if body_id in answers else Body.objects.filter(pk=body_id).first()
        if body is None:
            raise NotFound
        rules.may_answer(actor, filing, body, set(answers)).enforce()
        verb = FilingVerb.RETURN if verdict == Verdict.NOT_PASS else FilingVerb.ACCEPT
        FILINGS.after(verb, filing.state)
        _write_answer(actor, answers[body_id], verdict, ground.strip())
        _record(actor, "answer_filing", filing, body=body_id, **({} if filing.person_id else {"verdict": verdict}))
        if all(row.verdict for row in answers.values()):
            _decide(filing, [row.verdict for row in answers.values()])
    return filing


def locked_filing(filing_id: int) -> Filing:
    """Return a filing that nobody else changes until the transaction ends.

    Raises:
        NotFound.
    """
    filing = Filing.objects.select_related("by").select_for_update(of=("self",)).filter(pk=filing_id).first()
    if filing is None:
        raise NotFound
    return filing


def _write_answer(actor: Actor, answer: FilingAnswer, verdict: str, ground: str) -> None:
    if answer.verdict:
        raise WrongState(_("%(body)s has answered already.") % {"body": answer.body.name})
    if verdict not in Verdict.values:
        raise Invalid(fields={"verdict": _("Choose one of the answers.")})
    if verdict == Verdict.NOT_PASS and not ground:
        raise Invalid(fields={"ground": _("What does not pass needs a reason in words.")})
    if len(ground) > LONGEST_GROUND:
        raise Invalid(fields={"ground": _("At most %(most)s characters.") % {"most": LONGEST_GROUND}})
    answer.verdict, answer.ground = verdict, ground
    answer.answered_at, answer.answered_by_id = now(), actor.account_id
    answer.save(update_fields=["verdict", "ground", "answered_at", "answered_by_id"])


def _decide(filing: Filing, verdicts: list[str]) -> None:
    passes = Verdict.NOT_PASS not in verdicts
    filing.state = FILINGS.after(FilingVerb.ACCEPT if passes else FilingVerb.RETURN, filing.state)
    filing.decided_at = now()
    if passes:
        filing.receipt = _receipt(filing.decided_at)
    filing.save(update_fields=["state", "decided_at", "receipt"])
    accepted = gettext_lazy("“%(title)s” is accepted, receipt %(receipt)s.")
    words = accepted if passes else gettext_lazy("“%(title)s” is returned with a reason.")
    _tell([filing.by], filing, words)
    if filing.person_id is not None:
        notify([filing.person_id], words, _values(filing), link=reverse("organisations:my-posts"))


def _receipt(at: datetime) -> str:
    """Return the next receipt number of the year: BA, the year, and five digits without gaps."""
    year = local_day(at).year
    return f"BA{year}{next_number(f'organisations.filing.{year}'):05d}"


def withdraw_filing(*, actor: Actor, filing_id: int) -> Filing:
    """Take a matter back before it is decided.

    Raises:
        NotFound; NotAllowed: for somebody who does not act for the body that filed it; WrongState: once decided.
    """
    with transaction.atomic():
        filing = locked_filing(filing_id)
        rules.may_withdraw(actor, filing).enforce()
        filing.state = FILINGS.after(FilingVerb.WITHDRAW, filing.state)
        filing.decided_at = now()
        filing.save(update_fields=["state", "decided_at"])
        _record(actor, "withdraw_filing", filing)
    return filing


def _record(actor: Actor, verb: str, filing: Filing, **detail: object) -> None:
    place, person = filing.place_code, filing.person_id
    record_change(
        actor, f"organisations.{verb}", filing, place_code=place, person_id=person, kind=filing.kind, **detail
    )


def _tell(bodies: list[Body], filing: Filing, words: Words) -> None:
    people = rules.speaking_appointments().filter(body__in=bodies).values_list("person_id", flat=True).distinct()
    notify(list(people), words, _values(filing), link=reverse("organisations:filing", args=[filing.pk]))


def _values(filing: Filing) -> dict[str, str]:
    return {"body": filing.by.name, "title": filing.title, "receipt": filing.receipt}
