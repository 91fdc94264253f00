"""Raises proposals, by people themselves or written down at the desk for somebody who came by."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.algorithms.working_time import Unit, deadline
from jinlin.deliberation import rules
from jinlin.deliberation.actions.steps import unfit
from jinlin.deliberation.models import Proposal
from jinlin.deliberation.states import ProposalVerb
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid
from jinlin.platform.limits import count_towards
from jinlin.platform.numbers import next_number
from jinlin.platform.sends import sent_once
from jinlin.platform.stepping import write_line
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Proposer
from jinlin.region.calendars import working_calendar
from jinlin.territory.queries import existing_place

MOST_A_DAY = 20
LONGEST = {"title": 80, "text": 2_000}


@dataclass(frozen=True)
class NewProposal:
    """Something brought forward: as which kind of proposer, for which body if any, in which community."""

    proposer: str
    title: str
    place_code: str
    text: str = ""
    body: Body | None = None


def raise_proposal(*, actor: Actor, new: NewProposal, entered: bool = False, key: str = "") -> Proposal:
    """Bring something forward; `entered` says that staff writes it down for somebody whom the proposal does not name.

    Raises:
        NotSignedIn, NotAllowed, TooMany, RepeatedSend, KeyReused.
        Invalid: without a kind of proposer that the place has, without words, with personal data, outside a community.
    """
    actor.must_be_signed_in()
    kind = _kind(new.proposer)
    _check(new)
    rules.may_propose(actor, new.place_code).enforce()
    if entered and not rules.screens(actor, new.place_code):
        entered = False
    if not entered or new.body is not None:
        rules.speaks_as(actor, kind, new.body.pk if new.body else None).enforce()
    contents = [new.proposer, new.title, new.text, new.place_code, new.body and new.body.pk]
    with sent_once(f"account:{actor.account_id}", key, contents) as send:
        count_towards("proposal", f"account:{actor.account_id}", most=MOST_A_DAY, window=timedelta(days=1))
        made = _made(actor, new, entered=entered)
        write_line(actor, made, ProposalVerb.RAISE)
        record_change(actor, "deliberation.raise", made, place_code=made.place_code, person_id=made.person_id)
        send.keep(made)
    return made


def _kind(key: str) -> Proposer:
    found = next((row for row in current_playbook().proposer if row.key == key), None)
    if found is None:
        raise Invalid(fields={"proposer": _("Say as whom you propose it: choose one from the list.")})
    return found


def _check(new: NewProposal) -> None:
    wrong = {
        name: why for name, most in LONGEST.items() if (why := unfit(getattr(new, name), most, needed=name == "title"))
    }
    if len(new.place_code) < Level.COMMUNITY or existing_place(new.place_code) is None:
        wrong["place"] = _("There is no such place here.")
    if wrong:
        raise Invalid(fields=wrong)


def _made(actor: Actor, new: NewProposal, *, entered: bool) -> Proposal:
    at, norms = now(), current_playbook().proposals
    return Proposal.objects.create(
        number=f"TY{today():%Y%m%d}{next_number(f'proposal {today()}'):04d}",
        proposer=new.proposer, person_id=None if entered else actor.person_id, body=new.body, title=new.title.strip(),
        text=new.text.strip(), place_code=new.place_code[: Level.COMMUNITY], raised_at=at,
        screen_by=_due(at, norms.screening_days), answer_by=_due(at, norms.answer_days),
        entered_by_id=actor.account_id if entered else None,
    )  # fmt: skip


def _due(at: datetime, days: int) -> datetime:
    return deadline(at, days, Unit.WORKING_DAYS, working_calendar()).at
