"""M067 小区党支部先议: the vote on a listed matter opens only after the branch's opinion, or once its time has run out."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.organisations.models import Body
from jinlin.people.models import Household, Residence
from jinlin.platform.dates import today
from jinlin.procedures.models import Procedure
from jinlin.voting.models import Ballot
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import send, signed_in, text_of
from tests.support.procedures import as_ningde, begin, take

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M067")]


@pytest.fixture
def place(clock: Any, district: Any, method: Callable) -> Community:
    made = as_ningde(make_community(), method)
    for home in made.homes[1:4]:
        Residence.objects.create(
            person=made.persons["neighbour"], household=Household.objects.get(home_code=home.code),
            role=Residence.Role.OWNER, proof=Residence.Proof.DESK, valid_from=date(2020, 1, 1),
        )  # fmt: skip
    return made


def vote(client: Client, place: Community, subject: str) -> Any:
    """Prepare an owners' vote for a matter, as the community does for the committee."""
    committee = Body.objects.get(kind="owners_committee", zone=place.estates[0])
    return send(
        client, f"/desk/ballots/new/?for={subject}", kind="owners_ordinary", title="使用维修资金",
        text="用维修资金修屋顶", questions="是否同意", options="", most=1, seats=1, body=committee.pk, place=COMMUNITY,
        scope=[place.buildings[0].code], opens_on=f"{today():%Y-%m-%d}",
        closes_on=f"{today() + timedelta(days=14):%Y-%m-%d}",
    )  # fmt: skip


def begun(place: Community) -> Procedure:
    return begin(signed_in(place, "grid_member"), place, "branch_first", title="使用维修资金", matter="repair_fund")


def test_m067_without_the_opinion_the_vote_is_refused_and_after_it_opens(place: Community) -> None:
    desk, branch = signed_in(place, "community_worker"), signed_in(place, "neighbour_head")
    procedure = begun(place)
    refused = vote(desk, place, procedure.subject_name)
    assert refused.status_code == 403
    assert "要先完成“支部意见”" in text_of(refused)
    assert not Ballot.objects.exists()
    given = take(branch, procedure, "branch_opinion", words="同意动用，建议分两期。", proof_minutes="支部会到会9人。")
    assert given.status_code == 302
    assert vote(desk, place, procedure.subject_name).status_code == 302
    ballot = Ballot.objects.get()
    assert send(desk, f"/desk/ballots/{ballot.pk}/announce/").status_code == 302
    # The opinion is published, and the decision will stand beside it.
    page = text_of(Client().get(f"/procedures/{procedure.pk}/"))
    assert "同意动用，建议分两期。" in page and "业主共同决定" in page


def test_m067_a_lapsed_deadline_does_not_block_for_ever(place: Community, clock: Any) -> None:
    desk, procedure = signed_in(place, "community_worker"), begun(place)
    clock.forward(days=10)
    assert vote(desk, place, procedure.subject_name).status_code == 403
    clock.forward(days=1)
    assert vote(desk, place, procedure.subject_name).status_code == 302


def test_m067_a_vote_for_no_matter_goes_round_no_branch(place: Community) -> None:
    refused = vote(signed_in(place, "community_worker"), place, "")
    assert refused.status_code == 403 and "请为这件事发起“小区党支部先议”" in text_of(refused)


def test_m067_the_opinion_does_not_replace_the_vote(place: Community) -> None:
    procedure = begun(place)
    take(signed_in(place, "neighbour_head"), procedure, "branch_opinion", words="同意。", proof_minutes="到会9人。")
    procedure.refresh_from_db()
    assert (procedure.state, procedure.at_key) == ("running", "committee_meets")
    refused = take(signed_in(place, "grid_member"), procedure, "owners_vote", words="支部已同意，不再投票")
    assert refused.status_code == 409
