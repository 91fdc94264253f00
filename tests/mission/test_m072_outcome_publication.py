"""M072 协商成果公示: on screen and on paper; a change on day 3 is a new version whose period starts anew, both readable."""

from typing import Any

import pytest
from django.test import Client

from jinlin.disclosure.models import PublicNotice
from jinlin.disclosure.recurring import end_notices
from tests.support.community import COMMUNITY, make_community
from tests.support.pages import send, signed_in, text_of, upload

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M072")]


def test_m072_a_7_day_notice_changed_on_day_3_starts_anew_and_both_versions_are_read(clock: Any, district: Any) -> None:
    place = make_community()
    desk, public = signed_in(place, "community_worker"), Client()
    words = {"kind": "decision", "title": "停车方案公示", "text": "停车费每月120元。联系人：张三丰，13912345678",
             "place": COMMUNITY, "zone": place.estates[0].pk, "body": place.bodies["residents_committee"].pk}  # fmt: skip
    none = send(desk, "/desk/notices/new/", **words, days=0)
    assert (none.status_code, set(none.context["form"].errors)) == (422, {"days"})
    assert send(desk, "/desk/notices/new/", **words, days=7).status_code == 302
    notice = PublicNotice.objects.get()

    path = f"/desk/notices/{notice.pk}/post/"
    look = desk.get(path)
    assert "姓名" in text_of(look) and "手机号" in text_of(look)
    proposal = look.context["form"].initial["text"]
    assert "张三丰" not in proposal and "13912345678" not in proposal
    assert send(desk, path, title=words["title"], text=words["text"], read="on").status_code == 422
    assert send(desk, path, title=words["title"], text=proposal, read="on").status_code == 302
    address = f"/public/notices/{notice.number}/"
    assert "2026-05-15" in text_of(public.get(address))

    clock.move_to("2026-05-11 09:00")
    change = send(desk, f"/desk/notices/{notice.pk}/change/", title=words["title"], text="停车费每月100元。",
                  reason="听取意见后降价", read="on")  # fmt: skip
    assert change.status_code == 302
    page = text_of(public.get(address))
    assert "2026-05-18" in page and "第1版" in page and "第2版" in page
    assert "每月120元" in page and "每月100元" in page and "听取意见后降价" in page

    resident = signed_in(place, "resident")
    assert send(resident, f"{address}object/", text="希望再低一些").status_code == 302
    proof = {"place": place.buildings[0].code, "spot": "单元门口", "on": "2026-05-11", "photo": upload()}
    assert send(desk, f"/desk/notices/{notice.pk}/prove/", **proof).status_code == 302
    assert "1栋楼" in text_of(public.get(address)), "online and on paper"
    sheet = public.get(f"{address}sheet/")
    assert "每月100元" in text_of(sheet) and "data:image/svg+xml" in sheet.content.decode()

    clock.move_to("2026-05-19 09:00")
    end_notices()
    notice.refresh_from_db()
    assert notice.state == "posted", "an objection waits"
    objection = notice.objections.get()
    answered = send(desk, f"/desk/notices/objections/{objection.pk}/", finding="dismissed", summary="希望再降价",
                    answer="已按成本核算，不再下调。", read="on")  # fmt: skip
    assert answered.status_code == 302
    notice.refresh_from_db()
    assert notice.state == "ended"
    page = text_of(public.get(address))
    assert "已按成本核算" in page and "每月120元" in page
    assert "停车方案公示" in text_of(public.get("/public/notices/?show=ended"))
