"""What holders of posts file about themselves, appeals, and what residents say about what is published."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.organisations import rules
from jinlin.organisations.actions.filing import (
    LONGEST_GROUND,
    LONGEST_TITLE,
    NewFiling,
    asked_by,
    checked_words,
    kind_named,
    locked_filing,
    put_before,
)
from jinlin.organisations.models import Appointment, Body, Filing, FilingAnswer
from jinlin.organisations.queries.filings import published
from jinlin.organisations.states import FilingState, Verdict
from jinlin.people.queries import homes_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import LOCAL, now
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Filing as FilingKind


def file_as_holder(
    *, actor: Actor, appointment_id: int, kind: str, words: Mapping[str, str], call_id: int | None = None
) -> Filing:
    """File a matter about oneself as the holder of a post: a yearly report, or the answer to a call.

    Raises:
        NotFound: for a post that is not the actor's.
        NotAllowed: for a post that is over, or a kind that its holders do not file; a call that is over or for others.
        Invalid: for a heading without a reason.
        WrongState: for what was filed already, this year or on this call.
    """
    known = kind_named(kind)
    rows = Appointment.objects.select_related("body", "person").filter(person_id=actor.person_id or 0)
    with transaction.atomic():
        held = rows.select_for_update(of=("self",)).filter(pk=appointment_id).first()
        if held is None:
            raise NotFound
        rules.may_file_as(actor, held, held.body, known).enforce()
        call = Filing.objects.select_related("by").filter(pk=call_id).first() if call_id else None
        rules.may_follow(known, call, held.body.place_code).enforce()
        _refuse_repeated(held, known, call)
        about = {"subject": held.body, "person": held.person, "post": held.key, "follows": call}
        new = NewFiling(known.key, _title(call.title if call else known.name, held), held.body, words, **about)
        asked = [call.by] if call else asked_by(known, held.body)
        return put_before(actor, known, new, checked_words(known, new), asked)


def _title(what: str, held: Appointment) -> str:
    return f"{what}：{held.body.name}{held.post}"[:LONGEST_TITLE]


def _refuse_repeated(held: Appointment, kind: FilingKind, call: Filing | None) -> None:
    rows = Filing.objects.filter(kind=kind.key, person_id=held.person_id, subject_id=held.body_id, follows=call)
    rows = rows.filter(state__in=(FilingState.PENDING, FilingState.ACCEPTED))
    if call is None:
        rows = rows.filter(filed_at__year=now().astimezone(LOCAL).year)
    if rows.exists():
        raise WrongState(_("This has been filed already."))


def appeal_filing(*, actor: Actor, filing_id: int, words: str) -> Filing:
    """Put a returned matter about oneself once more before those that did not let it pass, and say what speaks for it.

    Raises:
        NotFound; NotAllowed: for a matter about somebody else, that was not returned, or that was appealed already.
        Invalid: without words.
    """
    with transaction.atomic():
        before = locked_filing(filing_id)
        rules.may_appeal(actor, before).enforce()
        said = _checked(words)
        refusing = before.answers.filter(verdict=Verdict.NOT_PASS).values("body_id")
        about = {"subject": before.subject, "person": before.person, "post": before.post, "follows": before}
        new = NewFiling(before.kind, before.title, before.by, **about)
        asked = list(Body.objects.filter(pk__in=refusing).order_by("pk"))
        return put_before(actor, kind_named(before.kind), new, {**before.words, rules.APPEAL: said}, asked)


def comment_on(*, actor: Actor, filing_id: int, words: str) -> FilingAnswer:
    """Say as a resident what one thinks of a matter that is published; who says so again replaces what they said.

    Raises:
        NotFound: for what is not published; NotSignedIn; NotAllowed: for who lives elsewhere, or on one's own report.
        Invalid: without words.
    """
    filing = published(current_playbook()).filter(pk=filing_id).first()
    if filing is None:
        raise NotFound
    homes = [home.code for home in homes_of(actor.person_id)] if actor.person_id else []
    rules.may_comment(actor, filing, homes).enforce()
    said = {"ground": _checked(words), "answered_at": now(), "answered_by_id": actor.account_id}
    with transaction.atomic():
        made, _new = FilingAnswer.objects.update_or_create(filing=filing, person_id=actor.person_id, defaults=said)
        record_change(actor, "organisations.comment", filing, place_code=filing.place_code)
    return made


def _checked(words: str) -> str:
    said = words.strip()
    if not said or len(said) > LONGEST_GROUND:
        raise Invalid(fields={"words": _("Say it in 1 to %(most)s characters.") % {"most": LONGEST_GROUND}})
    return said
