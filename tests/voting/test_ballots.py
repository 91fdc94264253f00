"""Ballots: a frozen roll, one vote each whichever way, secret papers without a trace, results by the bars of the rule."""

from datetime import timedelta

import pytest

from jinlin.people.models import Household, Person, Residence
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, WrongState
from jinlin.platform.models import AuditEntry, Notice
from jinlin.platform.sends import RepeatedSend
from jinlin.territory.models import Place
from jinlin.voting import actions, queries
from jinlin.voting.actions import NewQuestion
from jinlin.voting.electorates import entries_for
from jinlin.voting.models import Ballot, Paper, RollEntry

pytestmark = pytest.mark.django_db


def own_entry(place, ballot, who="resident"):
    return entries_for(ballot, place.persons[who].pk)[0]


def vote(place, ballot, mark="yes", who="resident", **more):
    marks = {ballot.questions.get().pk: [mark]}
    entry = own_entry(place, ballot, who)
    return actions.cast(actor=place.actor(who), ballot_id=ballot.pk, entry_id=entry.pk, marks=marks, **more)


def count_at_the_end(ballot, clock):
    clock.forward(days=7, minutes=1)
    actions.count_due()
    ballot.refresh_from_db()
    return ballot


def test_the_roll_is_frozen_and_those_on_it_are_told(place, prepared):
    ballot = prepared("household_vote")
    assert (ballot.heads, ballot.roll.count()) == (4, 4)
    assert Notice.objects.filter(person_id=place.persons["resident"].pk, link=f"/ballots/{ballot.pk}/").exists()
    Household.objects.create(home_code=f"{place.homes[0].code[:18]}9901", valid_from="2026-05-08")
    assert ballot.roll.count() == 4


def test_somebody_who_is_not_on_the_roll_has_no_vote(place, prepared):
    ballot = prepared("household_vote")
    other = RollEntry.objects.filter(ballot=ballot).first()
    with pytest.raises(NotAllowed):
        actions.cast(actor=place.actor("neighbour"), ballot_id=ballot.pk, entry_id=other.pk, marks={})


def test_a_draft_is_seen_by_the_desk_alone(place, prepared):
    draft = prepared("household_vote", announce=False)
    with pytest.raises(NotFound):
        actions.cast(actor=place.actor("resident"), ballot_id=draft.pk, entry_id=1, marks={})
    assert not queries.open_ballots().exists()


def test_a_signed_paper_is_replaced_until_the_end_and_one_counts(place, prepared, clock):
    ballot = prepared("household_vote")
    vote(place, ballot, "no")
    vote(place, ballot, "yes")
    assert [paper.marks for paper in ballot.papers.filter(counted=True)] == [{str(ballot.questions.get().pk): ["yes"]}]
    assert ballot.papers.count() == 2
    counted = count_at_the_end(ballot, clock)
    assert counted.result["cast"] == [1, 0]


def test_the_first_way_of_voting_closes_the_other(place, prepared, hand_in):
    ballot = prepared("household_vote")
    vote(place, ballot)
    entry = own_entry(place, ballot)
    marks = {ballot.questions.get().pk: ["no"]}
    with pytest.raises(WrongState):
        actions.enter_paper(actor=place.actor("community_worker"), ballot_id=ballot.pk, entry_id=entry.pk, marks=marks)
    second = prepared("household_vote", title="另一件")
    entry = own_entry(place, second)
    marks = {second.questions.get().pk: ["no"]}
    actions.enter_paper(actor=place.actor("community_worker"), ballot_id=second.pk, entry_id=entry.pk, marks=marks)
    with pytest.raises(WrongState):
        vote(place, second)


def test_two_phones_of_one_household_have_one_vote(place, prepared):
    ballot = prepared("appraisal")
    household = Household.objects.get(home_code=place.homes[0].code)
    Residence.objects.create(
        person=place.persons["neighbour"], household=household, role="resident", proof="desk", valid_from="2020-01-01"
    )
    vote(place, ballot, "solved")
    with pytest.raises(WrongState):
        vote(place, ballot, "unsolved", who="neighbour")


def test_a_secret_paper_leaves_no_trace_of_its_voter(place, prepared):
    ballot = prepared("appraisal")
    vote(place, ballot, "solved", key="k1")
    paper = Paper.objects.get()
    assert (paper.entry, paper.at, paper.person_id, paper.entered_by_id) == (None, None, None, None)
    entry = own_entry(place, ballot)
    assert entry.used_on is not None
    assert queries.own_paper(entry) is None
    line = AuditEntry.objects.filter(verb="voting.cast").get()
    assert "solved" not in str(line.detail)
    assert str(paper.pk) not in str(line.detail) + line.subject_id


def test_the_print_of_a_secret_send_says_nothing_about_the_choice(place, prepared):
    from jinlin.platform.models import SentKey

    prints = set()
    for number, choice in enumerate(("solved", "unsolved")):
        ballot = prepared("appraisal", title=f"评价{number}")
        Ballot.objects.filter(pk=ballot.pk)
        vote(place, ballot, choice, key=f"k{number}")
        with pytest.raises(RepeatedSend):
            vote(place, ballot, "partly", key=f"k{number}")
        prints |= set(SentKey.objects.values_list("fingerprint", flat=True))
    assert len(prints) == 2


@pytest.mark.parametrize("marks", [[], ["yes", "no"], ["maybe"]])
def test_online_a_paper_cannot_be_void_by_mistake(place, prepared, marks):
    ballot = prepared("household_vote")
    entry, question = own_entry(place, ballot), ballot.questions.get()
    with pytest.raises(Invalid) as refused:
        actions.cast(actor=place.actor("resident"), ballot_id=ballot.pk, entry_id=entry.pk, marks={question.pk: marks})
    assert f"q{question.pk}" in refused.value.fields
    own_entry(place, ballot)
    assert not Paper.objects.exists()


def test_nothing_is_taken_before_the_first_day_and_after_the_end(place, prepared, clock):
    ballot = prepared("household_vote", opens_at=now() + timedelta(days=1), closes_at=now() + timedelta(days=8))
    with pytest.raises(NotAllowed):
        vote(place, ballot)
    clock.forward(days=8)
    with pytest.raises(NotAllowed):
        vote(place, ballot)
    assert actions.count_due() == 0, "papers on their way are waited for"
    clock.forward(seconds=31)
    assert actions.count_due() == 1
    with pytest.raises(WrongState):
        actions.count_ballot(actor=place.actor("community_worker"), ballot_id=ballot.pk)


def test_counting_before_the_end_is_refused(place, prepared):
    ballot = prepared("household_vote")
    with pytest.raises(WrongState):
        actions.count_ballot(actor=place.actor("community_worker"), ballot_id=ballot.pk)


def test_owners_decide_by_area_and_by_heads(place, prepared, hand_in, clock):
    for number, home in enumerate(place.homes[:3]):
        person = place.persons["resident"] if number == 0 else Person.objects.create(created_at=now())
        household = Household.objects.get(home_code=home.code)
        Residence.objects.filter(person=person, household=household).delete()
        Residence.objects.create(
            person=person, household=household, role="owner", proof="desk", valid_from="2020-01-01"
        )
    both = Household.objects.get(home_code=place.homes[3].code)
    Residence.objects.create(
        person=place.persons["resident"], household=both, role="landlord", proof="desk", valid_from="2020-01-01"
    )
    ballot = prepared("owners_ordinary")
    assert (ballot.heads, ballot.area) == (3, 32_000), "who owns two homes is one head with the area of both"
    vote(place, ballot)
    counted = count_at_the_end(ballot, clock)
    first = queries.results(counted)[0]
    assert [(row.parts, row.met) for row in first.standings[:2]] == [("160.00㎡ / 320.00㎡", False), ("1 / 3", False)]
    assert counted.passed is False


def test_owners_without_an_area_stop_the_announcement(place, prepared):
    Place.objects.filter(pk=place.homes[1].pk).update(floor_area=None)
    with pytest.raises(Invalid) as refused:
        prepared("owners_special")
    assert "1" in str(refused.value.fields["scope"])


def test_two_thirds_exactly_pass_and_half_exactly_does_not(sixty, prepared, hand_in, clock):
    ballot = prepared("owners_ordinary")
    hand_in(ballot, yes=20, no=20)
    counted = count_at_the_end(ballot, clock)
    took_part, agreed = counted.result["questions"][0]["participation"], counted.result["questions"][0]["agreement"]
    assert [one["lacking"] for one in took_part] == [0, 0]
    assert [one["lacking"] for one in agreed] == [1, 1]
    assert counted.passed is False


def test_a_choice_names_its_winner_and_leaves_a_tie_open(sixty, prepared, hand_in, clock):
    first = prepared("household_choice", options=("路灯", "车棚", "花园"))
    hand_in(first, o2=20, o1=12)
    second = prepared("household_choice", title="再选", options=("路灯", "车棚"))
    hand_in(second, o1=16, o2=16)
    count_at_the_end(first, clock)
    second.refresh_from_db()
    assert queries.results(first)[0].verdict == "选定：车棚"
    assert first.passed is True
    assert queries.results(second)[0].verdict == "票数相同：路灯、车棚"
    assert second.passed is False


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"text": "找张先生，电话13812345678"}, "text"),
        ({"scope": ()}, "scope"),
        ({"closes_at": "1 day"}, "closes_at"),
        ({"closes_at": "61 days"}, "closes_at"),
        ({"questions": ()}, "questions"),
        ({"questions": (NewQuestion(""),)}, "questions"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_field(prepared, change, field):
    if "closes_at" in change:
        change = {"closes_at": now() + timedelta(days=int(change["closes_at"].split()[0]))}
    with pytest.raises(Invalid) as refused:
        prepared("household_vote", announce=False, **change)
    assert field in refused.value.fields


def test_one_option_is_no_choice(prepared):
    with pytest.raises(Invalid):
        prepared("household_choice", announce=False, options=("路灯",))


def test_an_empty_roll_is_not_announced(place, prepared):
    Household.objects.filter(home_code__startswith=place.buildings[0].code).update(valid_to="2026-01-01")
    with pytest.raises(Invalid):
        prepared("household_vote")


def test_the_rule_of_a_ballot_stays_when_the_playbook_changes(place, prepared, monkeypatch):
    ballot = prepared("household_vote")
    Ballot.objects.get(pk=ballot.pk).by.agreement[0].more_than  # noqa: B018
    from jinlin.playbooks import here

    monkeypatch.setattr(here, "current_playbook", lambda: None)
    assert str(Ballot.objects.get(pk=ballot.pk).by.agreement[0].more_than) == "1/2"
