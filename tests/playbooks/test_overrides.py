"""A place sets values of its playbook: at once here, within seconds elsewhere, refused where the whole would not hold."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinlin.organisations.actions import adopt_playbook
from jinlin.platform.access import SYSTEM
from jinlin.platform.errors import Invalid, NotAllowed, NotFound
from jinlin.platform.models import AuditEntry
from jinlin.playbooks import here
from jinlin.playbooks.actions import end_override, note_adoption, override_value
from jinlin.playbooks.adjusting import NotAdjustable, adjustable, adjustables, adjusted
from jinlin.playbooks.here import adopted_playbook, current_playbook
from jinlin.playbooks.loader import load_playbook, playbook_names
from jinlin.playbooks.models import Adoption, Override
from jinlin.region.districts import current_district, forget_districts
from jinlin.region.models import District
from jinlin.requests.actions.clocks import current_playbook as as_clocks_see_it
from tests.support.community import Community, make_community

FINAL = "clock:final,,:amount"


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.mark.parametrize("name", playbook_names())
def test_every_value_has_a_path_of_its_own_and_can_be_set_to_what_it_is(name: str):
    playbook = load_playbook(name)
    found = list(adjustables(playbook))
    assert len({value.path for value in found}) == len(found)
    values = {value.path: value.value for value in found if value.value is not None}
    assert adjusted(playbook, values) == playbook
    assert max(len(path) for path in values) <= Override._meta.get_field("path").max_length


def test_a_value_set_here_holds_at_once_for_clocks_and_is_given_back(community: Community):
    administrator = community.actor("administrator")
    override_value(actor=administrator, path=FINAL, value=3, reason="区政府办公室2026年第5号")
    assert as_clocks_see_it().clock_for("final", "H101", "ordinary").amount == 3
    assert adopted_playbook().clock_for("final", "H101", "ordinary").amount == 5
    end_override(actor=administrator, path=FINAL, reason="通知已废止")
    assert current_playbook().clock_for("final", "H101", "ordinary").amount == 5
    assert [row.value for row in Override.objects.order_by("pk")] == [3, None]
    verbs = AuditEntry.objects.filter(verb__startswith="playbooks.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["playbooks.override", "playbooks.end_override"]


def test_shares_and_lists_can_be_set(community: Community):
    set_as = {"actor": community.actor("district_officer"), "reason": "试点"}
    override_value(path="grid_size::tolerance", value="1/10", **set_as)
    override_value(path="slot:charging_sites:filled", value=["东门", "西门"], **set_as)
    assert str(current_playbook().grid_size.tolerance) == "1/10"
    assert next(row for row in current_playbook().slot if row.key == "charging_sites").filled == ("东门", "西门")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (FINAL, 0, "more than 0"),
        (FINAL, "soon", "whole number"),
        ("::warning_share", "9/4", "is 1 or less"),
        ("::warning_share", 0.8, "write an exact fraction"),
        ("norms::visits_a_week_least", 11, "fewest visits a week are 11"),
        ("slot:display_walls:filled", ["甲", "乙", "丙", "丁"], "4 names for 3"),
        ("post:nobody:seats", 2, "no value"),
        ("body:property_firm:name", "x", "no value"),
        (FINAL, None, "end the change"),
    ],
)
def test_what_would_not_hold_is_refused_with_the_finding(community: Community, path: str, value: object, words: str):
    with pytest.raises(Invalid) as refused:
        override_value(actor=SYSTEM, path=path, value=value, reason="试点")
    assert words in str(refused.value.fields["value"])
    assert not Override.objects.exists()


def test_two_values_that_fit_only_together_are_judged_together(community: Community):
    for column, value in (("visits_a_week_most", 20), ("visits_a_week_least", 15)):
        override_value(actor=SYSTEM, path=f"norms::{column}", value=value, reason="试点")
    with pytest.raises(Invalid):
        end_override(actor=SYSTEM, path="norms::visits_a_week_most", reason="结束")
    end_override(actor=SYSTEM, path="norms::visits_a_week_least", reason="结束")
    end_override(actor=SYSTEM, path="norms::visits_a_week_most", reason="结束")
    assert current_playbook() == adopted_playbook()


def test_a_reason_is_asked_and_only_setters_set(community: Community):
    with pytest.raises(Invalid):
        override_value(actor=SYSTEM, path=FINAL, value=3, reason="  ")
    for name in ("resident", "community_secretary", "subdistrict_officer", "auditor", "grid_member"):
        with pytest.raises(NotAllowed):
            override_value(actor=community.actor(name), path=FINAL, value=3, reason="试点")
    with pytest.raises(NotFound):
        end_override(actor=SYSTEM, path=FINAL, reason="试点")


def test_the_playbook_costs_no_statement_per_call(community: Community):
    override_value(actor=SYSTEM, path=FINAL, value=3, reason="试点")
    current_playbook()
    with CaptureQueriesContext(connection) as asked:
        assert current_playbook() is current_playbook()
    assert len(asked) == 0


def test_another_process_notices_within_seconds(community: Community, monkeypatch: pytest.MonkeyPatch):
    """What this process remembers is made old, as if another one had written."""
    assert current_playbook().profile == "hongshan"
    monkeypatch.setattr("jinlin.playbooks.actions.forget_playbook", lambda: None)
    override_value(actor=SYSTEM, path=FINAL, value=3, reason="试点")
    assert current_playbook().clock_for("final", "H101", "ordinary").amount == 5
    here.forget(here.ADOPTED)
    assert current_playbook().clock_for("final", "H101", "ordinary").amount == 3
    note_adoption(actor=SYSTEM, playbook=load_playbook("hetang"), founded={})
    assert current_district().playbook == "hongshan", "this process still remembers the district as it was"
    here.forget(here.ADOPTED)
    assert current_playbook().profile == "hetang"
    assert here.ADOPTED_LASTS <= 10


def test_values_go_on_with_a_new_version_and_not_with_another_playbook(community: Community):
    override_value(actor=SYSTEM, path=FINAL, value=3, reason="试点")
    newer = load_playbook("hongshan").model_copy(update={"version": 99})
    note_adoption(actor=SYSTEM, playbook=newer, founded={})
    assert current_playbook().clock_for("final", "H101", "ordinary").amount == 3
    adopt_playbook(actor=SYSTEM, playbook=load_playbook("hetang"))
    assert current_playbook().clock_for("final", "H101", "ordinary").amount == 5
    assert [row.profile for row in Adoption.objects.order_by("pk")] == ["hongshan", "hongshan", "hetang"]


def test_a_playbook_set_without_an_adoption_is_used_and_can_be_set(community: Community):
    District.objects.update(playbook="ningde")
    forget_districts()
    here.forget(here.ADOPTED)
    assert current_playbook().profile == "ningde"
    override_value(actor=SYSTEM, path="entitlement:branch_year:amount_fen", value=250_000, reason="试点")
    assert next(row for row in current_playbook().entitlement if row.key == "branch_year").amount_fen == 250_000


def test_values_are_kept_as_json():
    assert adjustable(load_playbook("hongshan"), FINAL).value == json.loads("5")
    with pytest.raises(NotAdjustable):
        adjusted(load_playbook("hongshan"), {"clock:final,,:unit": "working_days"})
