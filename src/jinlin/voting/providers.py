"""What ballots tell other apps: which were held for a matter, and that one can be held."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor
from jinlin.platform.waiting import Waiting, finds_waiting
from jinlin.platform.works import Purpose, Way, Work, offer_way, tells_works
from jinlin.voting.models import Ballot
from jinlin.voting.outcomes import outcome_of, purpose_of
from jinlin.voting.queries import shown_result, waiting_for
from jinlin.voting.states import BallotState

offer_way(Way(Purpose.DECIDE, "ballot", _("Hold a ballot"), "/desk/ballots/new/"))
offer_way(Way(Purpose.EVALUATE, "appraisal", _("Ask those concerned how it went"), "/desk/ballots/new/"))


@finds_waiting
def votes_waiting(actor: Actor) -> Iterable[Waiting]:
    """Yield the votes that the actor has not cast yet."""
    for ballot in waiting_for(actor):
        yield Waiting(_("Vote"), ballot.title, f"/ballots/{ballot.pk}/", ballot.closes_at)


@tells_works
def ballots_for(subject: str) -> Iterable[Work]:
    """Yield the ballots that were announced for a matter."""
    rows = Ballot.objects.filter(subject=subject).exclude(state=BallotState.DRAFT).exclude(announced_at=None)
    for ballot in rows.order_by("announced_at", "pk"):
        yield Work(
            subject=subject, purpose=purpose_of(ballot), title=ballot.title, url=f"/ballots/{ballot.pk}/",
            begun_at=ballot.announced_at, concluded_at=ballot.counted_at, outcome=outcome_of(ballot),
            sides=frozenset({"residents"}), facts={"heads": ballot.heads, **shown_result(ballot)},
        )  # fmt: skip
