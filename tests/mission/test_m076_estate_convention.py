"""M076 小区管理规约与文明公约: no vote without the required clause; version 2 replaces version 1 from its date."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from jinlin.conventions.models import Convention, Edition
from tests.conventions.cases import LEADING, TEXT, VOTE
from tests.support.community import make_community
from tests.support.pages import send, signed_in, text_of, upload

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M076")]


def vote(desk: Client, path: str, from_day: str, on: str) -> Any:
    assert send(desk, f"{path}vote/", from_day=from_day).status_code == 302
    return send(desk, f"{path}paper/", on=on, **vars(VOTE), minutes=upload())


def test_m076_refused_without_the_clause_and_version_2_replaces_version_1_from_its_date(
    clock: Any, district: Any, method: Any
) -> None:
    place = make_community()
    method("ningde")
    desk, public = signed_in(place, "community_worker"), Client()
    kinds = dict(desk.get("/desk/conventions/new/").context["form"].fields["kind"].choices)
    assert set(kinds.values()) == {"管理规约", "文明公约"}
    words = {"kind": "covenant", "zone": place.estates[0].pk, "body": place.bodies["residents_committee"].pk}
    lacking = TEXT.replace(f"第一条 {LEADING}\n", "")
    assert send(desk, "/desk/conventions/new/", **words, text=lacking).status_code == 302
    first = Edition.objects.get()
    path = f"/desk/conventions/versions/{first.pk}/"
    assert send(desk, f"{path}open/", until="2026-05-18").status_code == 302
    resident = signed_in(place, "resident")
    assert send(resident, f"/conventions/versions/{first.pk}/comment/", text="要写明谁来牵头").status_code == 302
    comment = first.comments.get()
    answer = {"summary": "要写明谁来牵头", "answer": "补充一条", "read": "on"}
    assert send(desk, f"/desk/conventions/comments/{comment.pk}/", **answer).status_code == 302
    clock.move_to("2026-05-19 09:00")
    desk, resident = signed_in(place, "community_worker"), signed_in(place, "resident")
    refused = send(desk, f"{path}vote/", from_day="2026-06-01")
    assert (refused.status_code, "小区党支部的领导" in text_of(refused)) == (409, True)
    first.refresh_from_db()
    assert first.state == "comments"

    assert send(desk, f"{path}revise/", words="补充领导条款").status_code == 302
    assert send(desk, f"{path}clauses/new/", text=LEADING).status_code == 302
    assert send(desk, f"{path}open/", until="2026-05-26").status_code == 302
    clock.move_to("2026-05-27 09:00")
    desk, resident = signed_in(place, "community_worker"), signed_in(place, "resident")
    assert vote(desk, path, "2026-06-01", "2026-05-27").status_code == 302
    page = f"/conventions/{Convention.objects.get().pk}/"
    assert "还没有生效" in text_of(public.get(page)), "its day has not come"
    clock.move_to("2026-06-01 09:00")
    desk, resident = signed_in(place, "community_worker"), signed_in(place, "resident")
    assert LEADING in text_of(public.get(page)) and "第1版" in text_of(public.get(page))
    assert send(resident, f"/conventions/versions/{first.pk}/comment/", text="晚了").status_code == 409
    assert resident.post(f"/conventions/versions/{first.pk}/acknowledge/").status_code == 302
    assert "8户中1户已知晓" in text_of(public.get(page))

    second_text = f"{lacking}\n第五条 {LEADING}\n第六条 爱护绿化，人人有责。".replace("按时交费", "按时足额交费")
    assert send(desk, "/desk/conventions/new/", **words, text=second_text, note="补充绿化").status_code == 302
    second = Edition.objects.get(number=2)
    path = f"/desk/conventions/versions/{second.pk}/"
    assert send(desk, f"{path}open/", until="2026-06-10").status_code == 302
    clock.move_to("2026-06-11 09:00")
    desk, resident = signed_in(place, "community_worker"), signed_in(place, "resident")
    assert vote(desk, path, "2026-07-01", "2026-06-11").status_code == 302
    changes = text_of(public.get(f"/conventions/versions/{second.pk}/"))
    assert "爱护绿化" in changes and "增加： 足额" in changes
    clock.move_to("2026-06-30 23:00")
    before = text_of(public.get(page))
    assert "爱护绿化" not in before and "2026-07-01" in before
    clock.move_to("2026-07-01 00:30")
    after = text_of(public.get(page))
    assert "爱护绿化" in after and "第2版" in after
    assert Edition.objects.get(number=2).in_force_from == date(2026, 7, 1)
    assert "按时交费" in text_of(public.get(f"/conventions/versions/{first.pk}/")), "version 1 stays readable"
