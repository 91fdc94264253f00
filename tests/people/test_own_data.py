"""One's own data: to see, correct, export and delete, who looked at them, and keys for programs."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from jinlin.people import exports
from jinlin.people.actions import create_token, erase_own_data, open_contact
from jinlin.people.models import Account, ApiToken, Person, Residence
from jinlin.people.tokens import token_digest
from jinlin.platform.access import NOBODY
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed, NotSignedIn
from jinlin.platform.messages import notify
from jinlin.platform.models import AuditEntry, Notice
from jinlin.requests.actions import Report, raise_request
from jinlin.requests.models import Request
from tests.people.conftest import text_of
from tests.support.community import Community


def test_my_page_shows_me_and_masks_my_number(place: Community, browser_of: Callable[[str], Client]) -> None:
    page = text_of(browser_of("resident").get("/me/"))
    assert "测试0" in page and "199****0000" in page and "19900000000" not in page
    assert "幸福里1号楼1单元101" in page and "社区服务台核对" in page


def test_my_pages_cost(place: Community, browser_of: Callable[[str], Client], query_budget: Callable) -> None:
    client = browser_of("resident")
    client.get("/me/")
    with query_budget("people/me"):
        client.get("/me/")


def test_correcting_name_and_mail(place: Community, browser_of: Callable[[str], Client]) -> None:
    client = browser_of("resident")
    assert client.post("/me/data/", {"name": "李明", "email": "no-mail"}).status_code == 422
    assert client.post("/me/data/", {"name": "李" * 61, "email": ""}).status_code == 422
    assert client.post("/me/data/", {"name": " 李明 ", "email": "li@example.org"})["Location"] == "/me/"
    person = Person.objects.get(pk=place.persons["resident"].pk)
    assert (person.name, person.email) == ("李明", "li@example.org")


def test_notices_are_new_until_they_were_seen(place: Community, browser_of: Callable[[str], Client]) -> None:
    resident = place.persons["resident"]
    notify([resident.pk], "路灯已修好", link="/my/requests/1")
    notify([place.persons["neighbour"].pk], "给别人的")
    client = browser_of("resident")
    assert "1条新的" in text_of(client.get("/me/"))
    page = text_of(client.get("/me/notices/"))
    assert "路灯已修好" in page and "给别人的" not in page
    client.post("/me/notices/")
    assert "条新的" not in text_of(client.get("/me/"))
    assert Notice.objects.filter(seen_at__isnull=True).count() == 1


# --- who looked ---


def test_a_look_shows_when_which_body_and_what_but_no_name(
    place: Community, browser_of: Callable[[str], Client]
) -> None:
    open_contact(actor=place.actor("community_worker"), person_id=place.persons["resident"].pk)
    page = text_of(browser_of("resident").get("/me/looks/"))
    assert "虹山社区" in page and "全科社工" in page and "名册上您的姓名和电话" in page
    assert place.persons["community_worker"].name not in page and "community_worker" not in page
    assert "虹山社区" not in text_of(browser_of("neighbour").get("/me/looks/")).split("<main")[1]


def test_a_look_names_the_post_of_that_day(place: Community, browser_of: Callable[[str], Client], clock: Any) -> None:
    open_contact(actor=place.actor("community_worker"), person_id=place.persons["resident"].pk)
    place.persons["community_worker"].appointments.update(term_to=today())
    clock.forward(days=9)
    assert "全科社工" in text_of(browser_of("resident").get("/me/looks/"))


def test_looking_at_oneself_leaves_no_line(place: Community) -> None:
    worker = place.persons["community_worker"]
    Residence.objects.create(
        person=worker, household=Residence.objects.first().household, role="owner", proof="desk", valid_from=today()
    )
    open_contact(actor=place.actor("community_worker"), person_id=worker.pk)
    assert not AuditEntry.objects.filter(kind=AuditEntry.Kind.READ).exists()


# --- export ---


def test_the_export_holds_everything_in_three_forms(
    place: Community, browser_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "_sections", dict(exports._sections))
    exports.register("wishes", lambda person_id: [{"愿望": "=1+1", "谁": person_id}], title="心愿")
    client, resident = browser_of("resident"), place.persons["resident"]
    page = text_of(client.get("/me/export/"))
    data = json.loads(client.get("/me/export/data.json").content)
    rows = list(csv.reader(StringIO(client.get("/me/export/data.csv").content.decode("utf-8-sig"))))
    assert data["person"]["rows"][0]["手机号"] == resident.phone and resident.phone in page
    assert data["households"]["rows"][0]["住处"] == "幸福里1号楼1单元101"
    assert data["wishes"]["rows"] == [{"愿望": "=1+1", "谁": resident.pk}]
    assert ["'=1+1", str(resident.pk)] in rows and ["心愿"] in rows
    assert "心愿" in page
    assert place.persons["neighbour"].phone not in page + json.dumps(data, ensure_ascii=False)


# --- leaving ---


def test_deleting_leaves_requests_without_a_name(place: Community, browser_of: Callable[[str], Client]) -> None:
    made = raise_request(actor=place.actor("resident"), report=Report(text="楼道灯坏了")).request
    client = browser_of("resident")
    assert client.post("/me/delete/").status_code == 422, "not without the tick"
    assert client.post("/me/delete/", {"sure": "on"})["Location"] == "/"
    person = Person.objects.get(pk=place.persons["resident"].pk)
    assert (person.name, person.phone, person.phone_index, person.email) == ("", "", "", "")
    assert person.erased_at and not person.phone_proved_at
    assert not Account.objects.filter(person=person).exists()
    assert not Residence.objects.filter(person=person, valid_to__isnull=True).exists()
    assert Request.objects.get(pk=made.pk).text == "楼道灯坏了"
    assert client.get("/me/").status_code == 302


def test_the_number_of_one_who_left_is_free_again(place: Community, client: Client) -> None:
    phone = place.persons["resident"].phone
    erase_own_data(actor=place.actor("resident"))
    client.post("/accounts/login/", {"phone": phone})
    assert Person.objects.filter(account__isnull=False).latest("pk").phone == phone


def test_nobody_leaves_while_holding_a_post(place: Community, browser_of: Callable[[str], Client]) -> None:
    with pytest.raises(NotAllowed):
        erase_own_data(actor=place.actor("neighbour_head"))
    assert "请先退出" in text_of(browser_of("neighbour_head").get("/me/delete/"))


# --- keys for programs ---


def test_a_key_is_shown_once_and_kept_as_a_hash(place: Community, browser_of: Callable[[str], Client]) -> None:
    client = browser_of("resident")
    answer = client.post("/me/keys/", {"name": "我的脚本", "last_day": today() + timedelta(days=30)})
    raw = answer.context["raw"]
    assert raw in text_of(answer) and raw not in text_of(client.get("/me/keys/"))
    token = ApiToken.objects.get()
    assert token.digest == token_digest(raw) and token.account == place.account("resident")
    assert client.post(f"/me/keys/{token.pk}/delete/")["Location"] == "/me/keys/"
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(("name", "days"), [("", 1), ("x", -1), ("x", 400)])
def test_keys_that_cannot_be(place: Community, name: str, days: int) -> None:
    with pytest.raises(Invalid):
        create_token(actor=place.actor("resident"), name=name, last_day=today() + timedelta(days=days))


def test_ten_keys_are_enough(place: Community) -> None:
    for number in range(10):
        create_token(actor=place.actor("resident"), name=str(number), last_day=today())
    with pytest.raises(Invalid):
        create_token(actor=place.actor("resident"), name="11", last_day=today())


def test_nobody_deletes_the_key_of_another(place: Community, browser_of: Callable[[str], Client]) -> None:
    token, _raw = create_token(actor=place.actor("resident"), name="x", last_day=today())
    assert browser_of("neighbour").post(f"/me/keys/{token.pk}/delete/").status_code == 404
    with pytest.raises(NotSignedIn):
        create_token(actor=NOBODY, name="x", last_day=today())


# --- the trail ---


def test_only_auditors_read_the_trail(place: Community, browser_of: Callable[[str], Client]) -> None:
    open_for = {name for name in place.persons if browser_of(name).get("/desk/audit/").status_code == 200}
    assert open_for == {"auditor"}


def test_the_trail_is_filtered(place: Community, browser_of: Callable[[str], Client]) -> None:
    raise_request(actor=place.actor("resident"), report=Report(text="楼道灯坏了"))
    open_contact(actor=place.actor("community_worker"), person_id=place.persons["resident"].pk)
    client = browser_of("auditor")

    def verbs(query: str) -> set[str]:
        return {line.verb for line, _name in client.get(f"/desk/audit/?{query}").context["lines"]}

    assert verbs("kind=read") == {"people.open_contact"}
    assert verbs("verb=requests.") == {"requests.receive"}
    assert verbs("actor=resident") == {"requests.receive"}
    assert verbs("actor=nobody-there") == set()
    assert verbs("until=2019-12-31") == set()
    assert client.get("/desk/audit/?since=never").status_code == 422
    assert client.get("/desk/audit/?older=rubbish").status_code == 422


def test_the_trail_says_whether_its_seals_hold(place: Community, browser_of: Callable[[str], Client]) -> None:
    from jinlin.platform.audit import seal_trail

    seal_trail()
    client = browser_of("auditor")
    assert "记录链完整" in text_of(client.get("/desk/audit/?seals=1"))
    AuditEntry.objects.filter(pk=AuditEntry.objects.exclude(seal="").first().pk).update(verb="something.else")
    assert "记录链不完整" in text_of(client.get("/desk/audit/?seals=1"))
