"""Who learns what of a request: officers' words, titles of private matters, and the reporter stay with those concerned."""

from datetime import timedelta

import pytest

from jinlin.organisations.models import Appointment
from jinlin.people.models import ApiToken
from jinlin.people.tokens import token_digest
from jinlin.platform.access import Role
from jinlin.platform.dates import now, today
from jinlin.platform.errors import KeyReused, NotAllowed
from jinlin.platform.models import Notice
from jinlin.playbooks.loader import load_playbook
from jinlin.requests import actions, rules
from jinlin.requests.actions import Contact, Report, Where
from jinlin.requests.models import Channel, Request
from jinlin.requests.telling import tell_reception
from tests.support.community import make_community


@pytest.fixture
def community(district):
    return make_community()


def raised(community, home=0, **more):
    report = Report(text="楼道里堆满了杂物", where=Where(place_code=community.homes[home].code), **more)
    return actions.raise_request(actor=community.actor("resident"), report=report).request


def at_committee(community, home):
    """A request that lies with the residents' committee, to which neighbour heads and grid members belong."""
    request = raised(community, home)
    Request.objects.filter(pk=request.pk).update(body=community.bodies["residents_committee"])
    return Request.objects.get(pk=request.pk)


def test_who_raises_by_program_reads_no_words_among_officers(community, client):
    request = raised(community, channel=Channel.API)
    worker = community.actor("community_worker")
    actions.note_internally(actor=worker, request_id=request.pk, note="低保户，慢慢谈")
    ApiToken.objects.create(
        account=community.account("resident"),
        name="t",
        digest=token_digest("secret"),
        created_at=now(),
        expires_at=now() + timedelta(days=1),
    )
    answer = client.get(f"/api/v1/requests/{request.pk}", headers={"authorization": "Bearer secret"})
    assert answer.status_code == 200
    assert "低保户" not in answer.content.decode()


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.WALK_IN, Channel.PAPER, Channel.VISIT, Channel.HOTLINE])
def test_channels_of_officers_are_not_for_everybody(community, channel):
    with pytest.raises(NotAllowed):
        raised(community, channel=channel)


def test_what_was_entered_is_out_of_sight_once_the_post_has_ended(community):
    head = community.actor("neighbour_head")
    report = Report(text="下水道堵了", channel=Channel.VISIT, where=Where(place_code=community.homes[0].code))
    entered = actions.enter_request(actor=head, report=report, contact=Contact()).request
    assert rules.visible_to(head).filter(pk=entered.pk).exists()
    Appointment.objects.filter(role=Role.NEIGHBOUR_HEAD).update(term_to=today() - timedelta(days=1))
    assert not rules.visible_to(community.actor("neighbour_head")).filter(pk=entered.pk).exists()


@pytest.mark.parametrize(("home", "seen"), [(0, True), (8, False)])
def test_a_grid_member_sees_what_lies_with_the_committee_in_the_own_grid_only(community, home, seen):
    member, request = community.actor("grid_member"), at_committee(community, home)
    assert rules.visible_to(member).filter(pk=request.pk).exists() is seen
    assert rules.plays_a_part(member, request) is seen
    assert bool(rules.may_see_reporter(member, request)) is seen


def test_what_lies_in_no_grid_is_seen_by_every_grid_member_of_the_body(community):
    request = at_committee(community, 8)
    Request.objects.filter(pk=request.pk).update(grid=None, estate=None)
    assert rules.visible_to(community.actor("grid_member")).filter(pk=request.pk).exists()


def test_an_urgent_private_request_is_told_only_to_those_who_may_see_it(community):
    request = at_committee(community, 0)
    Request.objects.filter(pk=request.pk).update(urgency="emergency")
    tell_reception(request.pk)
    told = set(Notice.objects.values_list("person_id", flat=True))
    assert community.actor("neighbour_head").person_id not in told
    assert community.actor("grid_member").person_id in told


def test_the_enforcement_team_works_but_does_not_receive():
    roles = {post.role for post in load_playbook("hongshan").post if "enforcement_team" in post.bodies}
    assert roles == {"department_officer"}


def test_a_handler_sees_the_reporter_only_while_the_request_is_open(community):
    request = raised(community)
    firm = community.actor("property_manager")
    Request.objects.filter(pk=request.pk).update(body=community.bodies["property_firm"], state="in_progress")
    assert rules.may_see_reporter(firm, Request.objects.get(pk=request.pk))
    Request.objects.filter(pk=request.pk).update(state="closed")
    assert not rules.may_see_reporter(firm, Request.objects.get(pk=request.pk))


def test_a_corrected_contact_under_the_same_key_is_not_swallowed(community):
    worker = community.actor("community_worker")
    report = Report(text="灯坏了", channel=Channel.PHONE, where=Where(place_code=community.homes[0].code))
    actions.enter_request(actor=worker, report=report, contact=Contact("王", "13900000001"), key="k")
    with pytest.raises(KeyReused):
        actions.enter_request(actor=worker, report=report, contact=Contact("王", "13900000002"), key="k")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("灯坏了", "灯坏了"),
        ("三单元的楼道灯坏了好几天了，昨天晚上老人下楼的时候还差点摔了一跤，请快来修", "三单元的楼道灯坏了好几天了"),
        ("字" * 40, "字" * 30),
        ("第一行\n第二行", "第一行"),
    ],
)
def test_a_title_made_of_the_words_ends_with_a_clause(text, title):
    assert rules.title_of(text) == title
