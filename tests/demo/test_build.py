"""The demo place is built by the real actions, with something in every state and somebody in every role."""

from jinlin.clusters.models import Cluster, Leading
from jinlin.clusters.queries import tasks_of
from jinlin.deliberation.models import Proposal
from jinlin.demo.accounts import ACCOUNTS
from jinlin.demo.build import build, is_built
from jinlin.demo.profiles import PROFILES
from jinlin.disclosure.models import Disclosure
from jinlin.organisations.models import Task
from jinlin.outreach.models import Round
from jinlin.people.models import Account, Household, Residence
from jinlin.platform.access import Role
from jinlin.procedures.models import Procedure
from jinlin.requests.models import Approval, Request
from jinlin.requests.states import State
from jinlin.voting.models import Ballot

COUNT, IN_COMMON = 150, 6


def test_the_demo_is_built_whole(district):
    build(PROFILES["hongshan"], lambda words: None, requests=COUNT)
    assert is_built()
    assert (Household.objects.count(), Residence.objects.count()) == (2_000, 6_000)
    assert Request.objects.count() == COUNT + IN_COMMON + 1
    assert len(set(Request.objects.values_list("state", flat=True))) >= len(State) - 3
    assert Disclosure.objects.exists()
    under_way = Procedure.objects.order_by("pk").values_list("definition__key", "at_key")
    assert list(under_way) == [
        ("four_self", "action"),
        ("four_self", "discussion"),
        ("renovation_questions", "whether"),
    ]
    names = {account.username for account in ACCOUNTS}
    # Hongshan has no body whose members work on its own matters only.
    assert names == {"resident", *Role} - {Role.BODY_MEMBER}
    assert Account.objects.filter(username__in=names).count() == len(names)
    the_community_acts_together()
    the_community_decides_together()


def the_community_decides_together() -> None:
    """Proposals wait, are talked over and declined; one vote is open with papers in its box, one judgement is counted."""
    assert set(Proposal.objects.values_list("state", flat=True)) == {"raised", "routed", "declined"}
    assert Proposal.objects.filter(state="routed", supports__gt=0).exists()
    vote, judged = Ballot.objects.get(kind="household_choice"), Ballot.objects.get(kind="appraisal")
    assert (vote.state, vote.papers.count()) == ("announced", 7)
    assert (judged.state, judged.passed, judged.result["cast"][0]) == ("counted", True, 11)


def the_community_acts_together() -> None:
    """A common trouble was found by the rules and answered in public; one case is led; two decisions and a round wait."""
    trouble = Cluster.objects.get()
    assert (trouble.rule, trouble.state, trouble.households) == ("hot_grid", "answered", IN_COMMON)
    assert trouble.replies.get().told == trouble.members.count() == IN_COMMON
    assert Disclosure.objects.filter(subject_kind="clusters.cluster", subject_id=trouble.pk).exists()
    assert tasks_of(trouble).count() == 2
    assert Leading.objects.get().request.publicity == "public"
    assert Task.objects.filter(appointment=Leading.objects.get().appointment).count() == 3
    asked = Approval.objects.values_list("kind", "state")
    assert set(asked) == {("extension", "asked"), ("suspension", "asked")}
    going = Round.objects.get(kind=Round.Kind.HOMES)
    assert going.state == "planned"
    assert set(going.visits.values_list("state", flat=True)) == {"planned", "made", "declined", "nobody"}
    assert going.visits.filter(household__residences__person__account__username="resident", state="planned").exists()
    assert {finding.became.partition(":")[0] for finding in going.findings.all()} == {"wish", "request"}
