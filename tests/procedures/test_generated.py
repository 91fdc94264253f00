"""The engine and the check agree: any definition that the check accepts runs to its end, and only as the walk allows."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinlin.algorithms.step_graph import END, STOPPED, Turn, faults, move
from jinlin.platform.dates import now
from jinlin.platform.works import Outcome
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Procedure as Rules
from jinlin.procedures import actions
from jinlin.procedures.actions.beginning import definition_of
from jinlin.procedures.actions.walking import open_visit
from jinlin.procedures.models import Procedure
from jinlin.procedures.queries import open_step
from tests.support.community import COMMUNITY, Community
from tests.support.works import WorksOfTests

pytestmark = pytest.mark.django_db
KEYS = "abcde"
OUTCOMES = {Turn.ON: Outcome.PASSED, Turn.FAILED: Outcome.FAILED, Turn.UPHELD: Outcome.UPHELD}


@st.composite
def definitions(draw: Any) -> Rules:
    """Steps in an order, each followed by later ones, with ways back that have a bound."""
    keys = KEYS[: draw(st.integers(1, len(KEYS)))]
    steps = []
    for place, key in enumerate(keys):
        after = [*keys[place + 1 :], END]
        then = list(dict.fromkeys([after[0], *draw(st.lists(st.sampled_from(after), max_size=1))]))
        back = st.sampled_from([None, *keys[: place + 1]])
        step = {"key": key, "name": key, "name_en": key, "kind": "decide", "by": {"bodies": ["residents_committee"]}}
        step |= {"then": then, "failed": draw(back), "upheld": draw(back), "must_pass": draw(st.booleans())}
        steps.append(step | ({"returns": 1} if step["failed"] or step["upheld"] else {}))
    return Rules.model_validate(
        {"key": "generated", "name": "g", "name_en": "g", "level": "community", "steps": steps}
    )  # fmt: skip


def begun(rules: Rules) -> Procedure:
    made = Procedure.objects.create(
        definition=definition_of(current_playbook(), rules), title="g", place_code=COMMUNITY, state="running",
        at_key=rules.steps[0].key, begun_at=now(),
    )  # fmt: skip
    open_visit(made, made.at_key)
    return made


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rules=definitions(), data=st.data())
def test_the_engine_goes_where_the_walk_goes_and_ends(
    place: Community, works_of_tests: WorksOfTests, rules: Rules, data: Any
):
    assert faults(rules.nodes) == []
    by_key, returned = {node.key: node for node in rules.nodes}, dict.fromkeys(KEYS, 0)
    with transaction.atomic():
        procedure = begun(rules)
        for _step in range(2 * len(KEYS) * (len(KEYS) + 1)):
            if not procedure.at_key:
                break
            at = procedure.at_key
            turn = data.draw(st.sampled_from(list(Turn)))
            choice = data.draw(st.sampled_from(by_key[at].then))
            expected = move(by_key[at], turn, choice, returned[at])
            back = {Turn.FAILED: by_key[at].failed, Turn.UPHELD: by_key[at].upheld}.get(turn, "")
            returned[at] += bool(back)
            number = procedure.visits.count()
            works_of_tests.conclude(procedure, OUTCOMES[turn])
            if procedure.at_key and procedure.visits.count() == number:  # it waits for somebody to choose what follows
                given = {"procedure_id": procedure.pk, "key": at, "words": "w", "choice": choice}
                actions.conclude(actor=place.actor("grid_member"), **given)
                procedure.refresh_from_db()
            assert (procedure.at_key or END_OF[procedure.state]) == expected
        assert procedure.state in {"complete", "stopped"}
        assert open_step(procedure) is None
        transaction.set_rollback(True)
    works_of_tests.done.clear()


END_OF = {"complete": END, "stopped": STOPPED}
