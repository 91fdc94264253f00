"""Takes papers: from voters themselves, and from paper that the community's staff enters."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.sends import sent_once
from jinlin.voting import rules
from jinlin.voting.electorates import entries_for
from jinlin.voting.models import Ballot, Paper, RollEntry
from jinlin.voting.states import BallotState

Marks = Mapping[int, Sequence[str]]
"""{question id: keys of the options marked}."""


def cast(*, actor: Actor, ballot_id: int, entry_id: int, marks: Marks, key: str = "") -> RollEntry:
    """Cast a paper for an entry of the roll; a signed one replaces what was cast online for it before.

    Raises:
        NotFound: there is no such ballot for everybody to see.
        NotSignedIn; NotAllowed: not on the roll, or outside the period.
        WrongState: this vote has been used: secretly, or on paper.
        Invalid: marks that do not fit the questions.
        RepeatedSend, KeyReused.
    """
    actor.must_be_signed_in()
    ballot = rules.public_ballots().filter(pk=ballot_id).first()
    if ballot is None:
        raise NotFound
    if entry_id not in {entry.pk for entry in entries_for(ballot, actor.person_id)}:
        rules.no_vote().enforce()
    return _take(actor, ballot, entry_id, marks, RollEntry.Channel.ONLINE, key)


def enter_paper(*, actor: Actor, ballot_id: int, entry_id: int, marks: Marks, key: str = "") -> RollEntry:
    """Enter a paper that was handed in at the community; the first valid paper closes the other way of voting.

    Raises: as `cast`; NotAllowed for others than the community's staff.
    """
    ballot = rules.ballots_at_desk(actor).filter(pk=ballot_id).first()
    if ballot is None or not RollEntry.objects.filter(pk=entry_id, ballot=ballot).exists():
        raise NotFound
    rules.may_clerk(actor, ballot).enforce()
    return _take(actor, ballot, entry_id, marks, RollEntry.Channel.PAPER, key)


def _take(actor: Actor, ballot: Ballot, entry_id: int, marks: Marks, channel: str, key: str) -> RollEntry:
    rules.may_cast_now(ballot).enforce()
    checked = _checked(ballot, marks, on_paper=channel == RollEntry.Channel.PAPER)
    secret = ballot.by.secrecy == "secret"
    # The print of a send is kept beside its sender: for a secret paper it must not depend on what was chosen.
    contents = [ballot.pk, entry_id] if secret else [ballot.pk, entry_id, sorted(checked.items())]
    with sent_once(f"account:{actor.account_id}", key, contents) as send:
        entry = RollEntry.objects.select_for_update().get(pk=entry_id)
        if entry.used_on is not None and (secret or channel != entry.channel):
            raise WrongState(_("This vote has been used already; each has one."))
        if not secret:
            Paper.objects.filter(entry=entry, counted=True).update(counted=False)
        entry.used_on, entry.channel = today(), channel
        entry.save(update_fields=["used_on", "channel"])
        Paper.objects.create(ballot=ballot, marks=checked, **({} if secret else _signature(actor, entry, channel)))
        # The count may have begun since the paper was looked at; the row that it locks is read again behind its lock.
        if not Ballot.objects.filter(pk=ballot.pk, state=BallotState.ANNOUNCED).exists():
            raise WrongState(_("The vote is over; the result stands on this page."))
        record_change(actor, "voting.cast", ballot, place_code=ballot.place_code, channel=channel)
        send.keep(ballot)
    return entry


def _signature(actor: Actor, entry: RollEntry, channel: str) -> dict[str, object]:
    online = channel == RollEntry.Channel.ONLINE
    who = {"person_id": actor.person_id} if online else {"entered_by_id": actor.account_id}
    return {"entry": entry, "at": now(), **who}


def _checked(ballot: Ballot, marks: Marks, *, on_paper: bool) -> dict[str, list[str]]:
    """Return the marks by question; online a paper cannot be blank or void by mistake, on paper it is what it is."""
    checked: dict[str, list[str]] = {}
    for question in ballot.questions.prefetch_related("options"):
        given = list(marks.get(question.pk, ()))
        known = {option.key for option in question.options.all()}
        if not set(given) <= known:
            raise Invalid(fields={f"q{question.pk}": _("Choose one from the list.")})
        if not on_paper and not given:
            why = _("Choose something, or abstain.") if "abstain" in known else _("Choose something.")
            raise Invalid(fields={f"q{question.pk}": why})
        if not on_paper and len(given) > question.most:
            why = _("You chose %(given)s; at most %(most)s are allowed.")
            raise Invalid(fields={f"q{question.pk}": why % {"given": len(given), "most": question.most}})
        checked[str(question.pk)] = given
    return checked
