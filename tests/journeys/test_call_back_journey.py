"""A round of call-backs in a browser: drawn, opened, and a call written down."""

import pytest

from jinlin.platform.dates import today
from jinlin.requests.models import CallBackRound
from jinlin.requests.states import State
from tests.requests.desk_cases import at
from tests.support.community import make_community

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_round_is_drawn_and_called(desktop) -> None:
    place = make_community()
    for state in (State.CLOSED, State.HANDLED):
        at(place, state)
    desktop.sign_in(place.account("community_worker"))
    desktop.goto("/desk/call-backs/")
    desktop.assert_accessible()
    page = desktop.page
    page.get_by_label("抽取百分比").fill("100")
    for label in ("办理或办结日期自", "办理或办结日期至"):
        page.get_by_label(label).fill(f"{today():%Y-%m-%d}")
    desktop.press("抽取")
    desktop.assert_accessible()
    made = CallBackRound.objects.get()
    call = made.call_backs.get(request__state=State.HANDLED)
    desktop.goto(f"/desk/call-backs/{made.pk}/{call.pk}")
    desktop.assert_accessible()
    page.locator("#id_unreached-reason").fill("无人接听")
    desktop.go(page.locator("form:has(#id_unreached-reason) button"))
    page.wait_for_url(f"**/desk/call-backs/{made.pk}/")
    call.refresh_from_db()
    assert call.attempts == 1
