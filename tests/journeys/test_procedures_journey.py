"""两议两评两公开 in a browser: begun at the desk, taken step by step with proof, refused out of order, complete for everybody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.platform.works import Outcome
from jinlin.procedures.models import Procedure, Step
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.photos import picture
from tests.support.procedures import as_ningde
from tests.support.works import WorksOfTests, works_of_tests

__all__ = ["works_of_tests"]


@pytest.fixture
def place(transactional_db: None, method: Callable) -> Community:
    return as_ningde(make_community(), method)


def seen(visitor: Any, name: str) -> None:
    visitor.assert_accessible()
    visitor.picture(f"procedures-{name}")


def held(works: WorksOfTests, procedure: Procedure, days: int = 0) -> None:
    """Let what the open step is for have been held elsewhere, begun so many days ago."""
    Step.objects.filter(procedure=procedure, state="open").update(opened_at=procedure.begun_at - timedelta(days=days))
    works.conclude(procedure, Outcome.PASSED)


def test_six_steps_from_begin_to_complete(new_visitor: Any, place: Community, works_of_tests: WorksOfTests) -> None:
    worker, branch, phone = new_visitor("desktop"), new_visitor("desktop"), new_visitor("phone")
    worker.sign_in(place.account("community_worker"))
    branch.sign_in(place.account("neighbour_head"))
    page = worker.goto("/desk/procedures/")
    seen(worker, "empty")
    worker.follow("发起程序")
    seen(worker, "choose")
    worker.follow("两议两评两公开")
    page.get_by_label("哪方面的事").fill("改造3号楼门厅")
    page.get_by_label("地点").select_option(f"{COMMUNITY}/{place.estates[0].pk}")
    seen(worker, "begin")
    worker.press("发起")
    expect(page.get_by_role("heading", name="改造3号楼门厅")).to_be_visible()
    procedure = Procedure.objects.get()

    page = branch.goto(f"/procedures/{procedure.pk}/steps/property_evaluated/conclude/")
    expect(page.get_by_text("“支部先议”还没有完成")).to_be_visible()
    page = branch.goto(f"/desk/procedures/{procedure.pk}/")
    seen(branch, "desk")
    branch.follow("办结这一步")
    page.get_by_label("结果", exact=True).fill("同意改造，请业委会议方案。")
    page.get_by_label("纪要").fill("支部会到会9人，一致同意。")
    seen(branch, "conclude")
    branch.press("办结这一步")
    expect(page.get_by_role("heading", name="下一步：业委会议事")).to_be_visible()

    held(works_of_tests, procedure)
    held(works_of_tests, procedure, days=8)
    page = branch.goto(f"/desk/procedures/{procedure.pk}/")
    expect(page.get_by_role("heading", name="下一步：评业委会")).to_be_visible()
    branch.follow("提交证明")
    page.get_by_label("结果说明").check()
    page.locator("#id_words").fill("门厅已改造完成。")
    seen(branch, "prove")
    branch.press("提交证明")
    branch.follow("提交证明")
    page.get_by_label("照片", exact=True).check()
    page.locator("#id_photo").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    branch.press("提交证明")
    expect(page.get_by_role("heading", name="下一步：评业委会")).to_be_visible()
    held(works_of_tests, procedure)
    held(works_of_tests, procedure)
    held(works_of_tests, procedure, days=8)

    page = phone.goto("/procedures/")
    seen(phone, "list")
    phone.follow("改造3号楼门厅")
    expect(page.get_by_role("list", name="程序的步骤").get_by_role("listitem")).to_have_count(6)
    expect(page.get_by_text("完成", exact=True).first).to_be_visible()
    seen(phone, "complete")
    page = worker.goto(f"/desk/procedures/{procedure.pk}/")
    seen(worker, "complete")
    secretary = new_visitor("desktop")
    secretary.sign_in(place.account("community_secretary"))
    page = secretary.goto("/cockpit/procedures/")
    expect(page.get_by_role("row", name="两议两评两公开")).to_contain_text("100.0%")
    seen(secretary, "cockpit")
