"""M069 “两议两评两公开”: six steps in a fixed order with proof of each; none is left out, and with all six it is complete."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jinlin.platform.works import Outcome
from tests.support.community import Community, make_community
from tests.support.pages import signed_in, text_of, upload
from tests.support.procedures import as_ningde, begin, take
from tests.support.works import WorksOfTests, works_of_tests

__all__ = ["works_of_tests"]
pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M069")]
STEPS = ["支部先议", "业委会议事", "决议公开", "评业委会", "评物业", "结果公开"]


@pytest.fixture
def place(clock: Any, district: Any, method: Callable) -> Community:
    return as_ningde(make_community(), method)


def dots(procedure_id: int) -> list[tuple[str, str]]:
    found = Client().get(f"/procedures/{procedure_id}/").context["dots"]
    return [(dot["word"], dot["state"]) for dot in found]


def test_m069_six_steps_in_order_and_complete_with_all_six(
    place: Community, works_of_tests: WorksOfTests, clock: Any
) -> None:
    branch, worker = signed_in(place, "neighbour_head"), signed_in(place, "community_worker")
    procedure = begin(worker, place, "two_two_two")
    assert dots(procedure.pk) == list(zip(STEPS, ["now"] + ["to_come"] * 5, strict=True))
    assert take(branch, procedure, "branch_discusses", words="同意", proof_minutes="到会9人").status_code == 302
    works_of_tests.conclude(procedure, Outcome.DONE)
    clock.forward(days=6)
    works_of_tests.conclude(procedure, Outcome.DONE)
    assert dots(procedure.pk)[2] == ("决议公开", "now")  # six days are less than the seven that are set
    assert "只进行了6天，至少要7天" in text_of(worker.get(f"/desk/procedures/{procedure.pk}/"))
    works_of_tests.done.pop()
    clock.forward(days=1)
    works_of_tests.conclude(procedure, Outcome.DONE)
    assert [state for _word, state in dots(procedure.pk)] == ["done"] * 3 + ["now"] + ["to_come"] * 2

    refused = take(branch, procedure, "property_evaluated", words="满意")
    assert refused.status_code == 409
    assert "不能办“评物业”：“评业委会”还没有完成，要先办。" in text_of(refused)
    skipped = take(branch, procedure, "committee_evaluated", "skip", words="不用评")
    assert skipped.status_code == 403 and "这一步不能跳过" in text_of(skipped)

    take(branch, procedure, "committee_evaluated", "prove", kind="photo", words="门厅改造后", photo=upload())
    for _step in ("committee_evaluated", "property_evaluated"):
        works_of_tests.conclude(procedure, Outcome.DONE)
    clock.forward(days=7)
    assert works_of_tests.conclude(procedure, Outcome.DONE).state == "complete"
    assert [state for _word, state in dots(procedure.pk)] == ["done"] * 6
    assert "完成" in text_of(Client().get(f"/procedures/{procedure.pk}/"))
