"""Who may do what to a procedure in which state: every verb for every actor, and what happens twice at once happens once."""

from collections.abc import Callable
from typing import Any

import pytest

from jinlin.platform.access import NOBODY
from jinlin.platform.errors import Invalid, JinlinError, NotAllowed, NotSignedIn, Stale, WrongState
from jinlin.platform.sends import Door
from jinlin.procedures import actions
from jinlin.procedures.actions import Evidence
from jinlin.procedures.models import Line, Procedure
from tests.procedures.conftest import Begun
from tests.support.community import Community
from tests.support.threads import at_once

MINUTES = Evidence("minutes", "到会9人")
ACTORS = (
    *("resident", "neighbour", "neighbour_head", "grid_member", "community_worker", "community_secretary"),
    *("property_manager", "subdistrict_officer", "district_officer", "department_officer", "auditor", "administrator"),
)
VERBS: dict[str, Callable[..., Any]] = {
    "conclude": lambda given, words: actions.conclude(**given, words=words, evidence=[MINUTES]),
    "skip": lambda given, words: actions.skip(**given, words=words),
    "prove": lambda given, words: actions.prove(**given, evidence=MINUTES),
    "take_part": lambda given, words: actions.take_part(**given),
    "withdraw": lambda given, words: actions.withdraw(
        actor=given["actor"], procedure_id=given["procedure_id"], words=words
    ),
}
HOSTS = {"community_worker", "community_secretary", "subdistrict_officer", "district_officer"}
BRANCH = {"neighbour_head"}
ALLOWED = {"conclude": BRANCH, "skip": set(), "prove": BRANCH | HOSTS, "take_part": BRANCH, "withdraw": HOSTS}


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", ACTORS)
def test_each_verb_is_for_those_named(ningde: Community, begun: Begun, verb: str, name: str):
    procedure = begun("two_two_two")
    given = {"actor": ningde.actor(name), "procedure_id": procedure.pk, "key": "branch_discusses"}
    if name in ALLOWED[verb]:
        VERBS[verb](given, "好")
    else:
        with pytest.raises(NotAllowed):
            VERBS[verb](given, "好")


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_done_to_what_is_over(ningde: Community, begun: Begun, verb: str):
    procedure = begun("two_two_two")
    actions.withdraw(actor=ningde.actor("community_worker"), procedure_id=procedure.pk, words="不办了")
    given = {"actor": ningde.actor("neighbour_head"), "procedure_id": procedure.pk, "key": "branch_discusses"}
    given = given | {"actor": ningde.actor("community_worker")} if verb == "withdraw" else given
    with pytest.raises(WrongState):
        VERBS[verb](given, "好")


@pytest.mark.django_db
def test_nobody_does_nothing(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    for verb, act in VERBS.items():
        if verb != "withdraw":
            with pytest.raises(NotSignedIn):
                act({"actor": NOBODY, "procedure_id": procedure.pk, "key": "branch_discusses"}, "好")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        ("two_two_two", {"neighbour_head", "grid_member", "community_worker", "community_secretary"}),
        ("joint_meeting", {"neighbour_head", "community_worker", "community_secretary"}),
    ],
)
@pytest.mark.parametrize("name", ACTORS)
def test_each_kind_is_begun_by_those_named(ningde: Community, begun: Begun, kind: str, name: str, allowed: set[str]):
    if name in allowed:
        begun(kind, name)
    else:
        with pytest.raises(NotAllowed):
            begun(kind, name)


@pytest.mark.django_db(transaction=True)
def test_a_step_taken_twice_at_once_is_taken_once(ningde: Community, begun: Begun):
    procedure = begun("two_two_two")
    branch, seen = ningde.actor("neighbour_head"), str(procedure.version)

    def conclude(words: str) -> Procedure:
        return actions.conclude(
            actor=branch, procedure_id=procedure.pk, key="branch_discusses", words=words, evidence=[MINUTES],
            door=Door(seen=seen),
        )  # fmt: skip

    results = at_once(lambda: conclude("同意"), lambda: conclude("不同意"))
    refused = [result for result in results if isinstance(result, JinlinError)]
    assert len(refused) == 1 and isinstance(refused[0], Stale | WrongState | Invalid)
    procedure.refresh_from_db()
    assert procedure.at_key == "committee_discusses"
    assert procedure.visits.count() == 2
    assert Line.objects.filter(procedure=procedure, verb="conclude").count() == 1
