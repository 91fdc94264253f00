"""A request's way over the desk, in the browser: by keys from the inbox to dispatch, by the firm to the end, into public."""

from pathlib import Path
from typing import Any

import pytest

from jinlin.requests.actions import Report, Where, raise_request
from jinlin.requests.models import Request, Suggestion
from jinlin.requests.states import State
from tests.support.browser import Visitor
from tests.support.community import Community, make_community
from tests.support.photos import photo, picture

WORDS = "3号楼2单元301门口的路灯不亮，电话13812345678"


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def raised(community: Community, text: str = WORDS, category: str = "W104") -> Request:
    where = Where(place_code=community.homes[0].code)
    report = Report(text=text, title="路灯不亮", where=where, wished_public=True, photos=[photo(1)])
    request = raise_request(actor=community.actor("resident"), report=report).request
    Suggestion.objects.update_or_create(
        request=request,
        defaults={
            "category": category,
            "urgency": "ordinary",
            "confidence": 0.8,
            "words": ["路灯"],
            "model": "words",
            "made_at": request.received_at,
        },
    )
    return request


def signed_in(visitor: Visitor, community: Community, who: str) -> Visitor:
    visitor.sign_in(community.account(who))
    return visitor


def state_of(request: Request) -> str:
    request.refresh_from_db()
    return request.state


def test_from_the_inbox_to_the_public_list(new_visitor: Any, community: Community, tmp_path: Path) -> None:
    request = raised(community)
    worker = signed_in(new_visitor("desktop"), community, "community_worker")
    page = worker.goto("/desk/")
    worker.assert_accessible()

    # The worst first, its next step, the suggestion confirmed: J A Enter.
    for key in ("j", "a"):
        page.keyboard.press(key)
    page.wait_for_url("**/accept?back=inbox")
    worker.assert_accessible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/?done=*")
    assert state_of(request) == State.ACCEPTED

    # Dispatch to another than the first suggestion: A 2 Enter; here the first is right: A Enter.
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_url("**/dispatch?back=inbox")
    worker.assert_accessible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/?done=*")
    assert state_of(request) == State.DISPATCHED
    assert request.body == community.bodies["property_firm"]

    firm = signed_in(new_visitor("desktop-firm"), community, "property_manager")
    page = firm.goto(f"/desk/requests/{request.pk}")
    firm.assert_accessible()
    for state in (State.SIGNED, State.IN_PROGRESS):
        firm.go(page.locator("#step button.btn-primary"))
        page.wait_for_url("**?done=*")
        assert state_of(request) == state
        firm.goto(f"/desk/requests/{request.pk}")
    after = tmp_path / "after.jpg"
    after.write_bytes(picture(2))
    page.locator("textarea[name=answer]").fill("换了灯泡，晚上亮了。")
    page.locator("input[type=file]").set_input_files(after)
    firm.go(page.locator("#step button.btn-primary"))
    page.wait_for_url("**?done=*")
    assert state_of(request) == State.HANDLED
    assert request.photos.filter(moment="after").count() == 1

    page = worker.goto(f"/desk/requests/{request.pk}")
    worker.go(page.locator("#step button.btn-primary"))
    page.wait_for_url("**?done=*")
    for name, value in (("responded", "yes"), ("solved", "yes"), ("satisfied", "yes")):
        page.locator(f'#step input[name="{name}"][value="{value}"]').check()
    worker.assert_accessible()
    worker.go(page.locator("#step button.btn-primary"))
    page.wait_for_url("**?done=*")
    assert state_of(request) == State.CLOSED

    page = worker.goto(f"/desk/requests/{request.pk}/publish")
    worker.assert_accessible()
    for box in page.locator("input[name=photo_ids]").all():
        box.check()
    page.locator("#publish input[name=read]").check()
    worker.go(page.locator("#publish button.btn-primary"))
    page.wait_for_url(f"**/desk/requests/{request.pk}")
    worker.assert_accessible()

    visitor = new_visitor("phone")
    page = visitor.goto("/public/")
    visitor.assert_accessible()
    visitor.go(page.locator("a", has_text="路灯不亮"))
    visitor.assert_accessible()
    shown = page.locator("main").inner_text()
    assert "13812345678" not in shown and "301" not in shown and "换了灯泡" in shown
    assert page.locator("main img").count() == 2


def test_another_body_by_its_number(new_visitor: Any, community: Community) -> None:
    request = raised(community)
    worker = signed_in(new_visitor("desktop"), community, "community_worker")
    page = worker.goto(f"/desk/requests/{request.pk}/accept")
    page.keyboard.press("Enter")
    page.wait_for_url("**?done=*")
    page = worker.goto("/desk/")
    for key in ("j", "a"):
        page.keyboard.press(key)
    page.wait_for_url("**/dispatch?back=inbox")
    second = page.locator("input[name=choice]").nth(1).get_attribute("value")
    page.keyboard.press("2")
    assert page.locator("input[name=choice]:checked").get_attribute("value") == second
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/?done=*")
    assert state_of(request) == State.DISPATCHED
    assert request.body != community.bodies["property_firm"]


def test_the_preview_follows_the_keys(new_visitor: Any, community: Community) -> None:
    for number in range(3):
        raised(community, f"第{number}件事情")
    page = signed_in(new_visitor("desktop"), community, "community_worker").goto("/desk/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.locator("#preview", has_text="第1件事情").wait_for()
    page.keyboard.press("x")
    assert page.locator("input[name=ids]:checked").count() == 1
    assert page.locator("[data-bulk-count]").inner_text() == "1"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_many_at_once(new_visitor: Any, community: Community) -> None:
    rows = [raised(community, f"第{number}件事情") for number in range(3)]
    worker = signed_in(new_visitor("desktop"), community, "community_worker")
    page = worker.goto("/desk/requests/")
    page.locator("input[name=scope][value=page]").check()
    worker.go(page.locator("button[name=action][value=accept]"))
    worker.assert_accessible()
    worker.go(page.locator("main button.btn-primary"))
    page.wait_for_url("**/desk/requests/")
    assert {state_of(row) for row in rows} == {State.ACCEPTED}


def test_every_page_works_without_scripts(new_visitor: Any, community: Community) -> None:
    request = raised(community)
    worker = signed_in(new_visitor("desktop", java_script_enabled=False), community, "community_worker")
    page = worker.goto("/desk/")
    worker.go(page.locator("[data-row] a[data-key=KeyA]"))
    worker.go(page.locator("#step button.btn-primary"))
    assert state_of(request) == State.ACCEPTED
    page.goto(f"{worker.address}/desk/requests/?group=to_dispatch")
    worker.go(page.locator("[data-row] th a"))
    worker.go(page.locator("#step button.btn-primary"))
    assert state_of(request) == State.DISPATCHED


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_nothing_is_found_by_the_scan(new_visitor: Any, community: Community, device: str) -> None:
    request = raised(community)
    worker = signed_in(new_visitor(device), community, "community_worker")
    paths = ["", "requests/", "requests/?q=没有的词", "requests/?first=gestern", "requests/new"]
    paths += [
        f"requests/{request.pk}{step}"
        for step in ("", "/decline", "/classify", "/relocate", "/add", "/note", "/refuse")
    ]
    for path in paths:
        worker.goto(f"/desk/{path}")
        worker.assert_accessible()
    worker.goto("/public/")
    worker.assert_accessible()


def test_entry_and_receipt(new_visitor: Any, community: Community) -> None:
    worker = signed_in(new_visitor("desktop"), community, "community_worker")
    page = worker.goto("/desk/requests/new")
    page.locator("textarea[name=text]").fill("楼上漏水，老人在家")
    page.locator("input[name=name]").fill("王阿姨")
    page.locator("input[name=phone]").fill("13812345678")
    worker.go(page.locator("main form button.btn-primary"))
    page.locator("output").first.wait_for()
    worker.assert_accessible()
    assert Request.objects.get().channel == "phone"
