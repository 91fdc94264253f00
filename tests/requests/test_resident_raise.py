"""Raising a request on the resident's page: what comes in, what is refused, and that nothing is lost."""

import re
import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from jinlin.people.models import Mandate
from jinlin.platform.dates import now, today
from jinlin.platform.photos import file_path
from jinlin.region.districts import current_district
from jinlin.requests.actions.intake import MOST_ANONYMOUS
from jinlin.requests.models import Request, RequestPhoto
from jinlin.territory.models import Place
from jinlin.territory.queries import forget_boundaries
from tests.support.community import SQUARE, Community, make_community
from tests.support.pages import HEIC, PROGRAM, bomb, fetch, jpeg_with_place, send, upload
from tests.support.threads import at_once


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def resident(client: Client, community: Community) -> Client:
    client.force_login(community.account("resident"))
    return client


def errors_at(answer: Any) -> set[str]:
    assert answer.status_code in {409, 422, 429}, answer.status_code
    return set(answer.context["form"].errors)


# --- what comes in ---


def test_a_resident_raises_with_words_place_and_photos(resident: Client, community: Community) -> None:
    home = community.homes[0]
    answer = send(resident, "/raise?function=snap", text="路灯坏了三天", place=home.code, photos=[upload(1), upload(2)])
    made = Request.objects.get()
    assert answer.status_code == 302
    assert (made.text, made.place_code, made.function, made.channel) == ("路灯坏了三天", home.code, "snap", "online")
    assert made.reporter_id == community.persons["resident"].pk
    assert not made.anonymous
    assert made.publicity == "private"
    assert RequestPhoto.objects.filter(request=made, moment="before").count() == 2


def test_the_receipt_has_number_code_link_and_promise(resident: Client, community: Community) -> None:
    page = resident.get(send(resident, "/raise", text="路灯坏了三天")["Location"])
    made = Request.objects.select_related("body").get()
    text = page.content.decode()
    code = re.search(r'id="receipt-([2-9a-z]{12})"', text)[1]
    assert made.number in text
    assert f"/follow/{made.number}/{code}" in text
    assert made.body.name in text
    assert made.promised_at.isoformat(timespec="minutes") in text
    assert page["Cache-Control"].startswith("max-age=0")


def test_nobody_known_raises_without_account(client: Client, community: Community) -> None:
    receipt = send(client, "/raise", text="有人半夜放音乐")["Location"]
    made = Request.objects.get()
    assert made.reporter_id is None
    assert made.anonymous
    assert client.get(receipt).status_code == 200
    assert client.get(f"/my/requests/{made.pk}").status_code == 200
    assert Client().get(f"/my/requests/{made.pk}").status_code == 302


def test_anonymous_keeps_the_account_out(resident: Client, community: Community) -> None:
    send(resident, "/raise", text="有人乱扔垃圾", anonymous="on")
    made = Request.objects.get()
    assert (made.reporter_id, made.anonymous, made.entered_by_id) == (None, True, None)


def test_without_a_choice_photos_make_a_snap_and_words_a_complaint(resident: Client) -> None:
    send(resident, "/raise", text="纸箱堵路", photos=[upload()])
    send(resident, "/raise", text="物业不接电话")
    assert list(Request.objects.order_by("pk").values_list("function", flat=True)) == ["snap", "complaint"]


def test_the_five_entrances_carry_the_names_of_the_place(resident: Client) -> None:
    choices = dict(resident.get("/raise").context["form"].fields["function"].choices)
    assert list(choices) == ["opinion", "snap", "wish", "help", "complaint"]
    assert [words.split("：")[0] for words in choices.values()] == [
        "民意畅达",
        "随手拍",
        "微心愿",
        "在线求助",
        "投诉建议",
    ]


def test_a_child_raises_for_a_parent_who_agreed(resident: Client, community: Community) -> None:
    parent = community.persons["neighbour"]
    Mandate.objects.create(
        principal=parent,
        agent=community.persons["resident"],
        state=Mandate.State.GRANTED,
        asked_at=now(),
        decided_at=now(),
    )
    send(resident, "/raise", text="妈妈家水管漏水", for_person=parent.pk)
    made = Request.objects.get()
    assert made.reporter_id == parent.pk
    assert resident.get(f"/my/requests/{made.pk}").status_code == 200
    refused = send(resident, "/raise", text="妈妈家水管漏水", for_person=parent.pk, anonymous="on")
    assert errors_at(refused) == {"anonymous"}


def test_nobody_raises_for_a_person_who_gave_no_mandate(resident: Client, community: Community) -> None:
    neighbour = community.persons["neighbour"]
    Mandate.objects.create(
        principal=neighbour,
        agent=community.persons["resident"],
        state=Mandate.State.GRANTED,
        asked_at=now(),
        valid_to=today() - timedelta(days=1),
    )
    assert "for_person" not in resident.get("/raise").context["form"].fields
    send(resident, "/raise", text="漏水", for_person=neighbour.pk)
    assert Request.objects.get().reporter_id == community.persons["resident"].pk


# --- words ---


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b\x07"])
def test_empty_words_are_refused_and_the_rest_is_kept(resident: Client, community: Community, text: str) -> None:
    answer = send(resident, "/raise", text=text, place=community.homes[0].code, photos=[upload(3)], wished_public="on")
    form = answer.context["form"]
    assert "text" in errors_at(answer)
    assert len(form.kept) == 1
    assert form["wished_public"].value()
    assert community.homes[0].code in answer.content.decode()
    assert not Request.objects.exists()


def test_a_hundred_thousand_characters_come_back_whole(resident: Client) -> None:
    text = "灯" * 100_000
    answer = send(resident, "/raise", text=text)
    assert errors_at(answer) == {"text"}
    assert answer.context["form"]["text"].value() == text


@pytest.mark.parametrize(
    "text", ["路灯坏了🔦🙏", "چىراغ بۇزۇلدى", "སྒྲོན་མེ་མི་གསལ།", "The lamp is broken", "路燈壞了", "𠮷家的灯", "e\u0301"]
)
def test_every_script_and_emoji_is_kept(resident: Client, text: str) -> None:
    send(resident, "/raise", text=text)
    assert Request.objects.get().text == unicodedata.normalize("NFC", text)


def test_script_tags_are_shown_as_text(resident: Client) -> None:
    text = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    send(resident, "/raise", text=text)
    for path in (f"/my/requests/{Request.objects.get().pk}", "/my/requests/", "/"):
        page = resident.get(path).content.decode()
        assert text not in page
        assert escape(text[:25]) in page


def test_words_of_danger_show_the_emergency_numbers(resident: Client) -> None:
    danger = resident.get(send(resident, "/raise", text="三楼着火了，还有老人在屋里")["Location"]).content.decode()
    calm = resident.get(send(resident, "/raise", text="路灯坏了三天")["Location"]).content.decode()
    assert all(f'href="tel:{number}"' in danger for number in (110, 119, 120))
    assert 'href="tel:119"' not in calm
    back = send(resident, "/raise", text="三楼着火了", photos=[SimpleUploadedFile("a.jpg", PROGRAM, "image/jpeg")])
    assert "<div data-danger-shown>" in back.content.decode()
    assert "<div hidden data-danger-shown>" in resident.get("/raise").content.decode()
    assert "着火" in resident.get("/raise").context["danger_list"].split()


# --- personal data ---


def test_personal_words_are_asked_about_only_when_it_is_wished_public(resident: Client) -> None:
    text = "打我电话13812345678，我家住3号楼"
    asked = send(resident, "/raise", text=text, wished_public="on")
    assert errors_at(asked) == {"hide"}
    assert "138" not in asked.context["form"].masked
    send(resident, "/raise", text=text, wished_public="on", hide="yes")
    send(resident, "/raise", text=text, wished_public="on", hide="no")
    send(resident, "/raise", text=text)
    texts = list(Request.objects.order_by("pk").values_list("text", "publicity"))
    assert "13812345678" not in texts[0][0]
    assert texts[1:] == [(text, "wished"), (text, "private")]


# --- photos ---


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        ("virus.jpg", PROGRAM),
        ("bomb.png", bomb()),
        ("IMG_1.HEIC", HEIC),
        ("empty.jpg", b""),
        ("cut.jpg", upload().read()[:200]),
    ],
)
def test_what_is_no_photo_is_refused_at_its_field(resident: Client, name: str, contents: bytes) -> None:
    wrong = SimpleUploadedFile(name, contents, "image/jpeg")
    answer = send(resident, "/raise", text="路灯坏了", photos=[upload(4), wrong])
    assert errors_at(answer) == {"photos"}
    form = answer.context["form"]
    assert len(form.kept) == 1
    assert form["text"].value() == "路灯坏了"
    assert not Request.objects.exists()


def test_kept_photos_go_along_with_the_next_send(resident: Client) -> None:
    back = send(resident, "/raise", text="", photos=[upload(1), upload(2)])
    tickets = [ticket for ticket, _file in back.context["form"].kept]
    assert fetch(resident, f"/photos/sent/{tickets[0]}")[0] == 200
    send(resident, "/raise", text="路灯坏了", kept=tickets, leave_out=tickets[:1], photos=[upload(3)])
    assert RequestPhoto.objects.count() == 2


def test_a_made_up_ticket_brings_no_photo(resident: Client) -> None:
    answer = send(resident, "/raise", text="路灯坏了", kept=["1:made-up"])
    assert errors_at(answer) == {"photos"}
    assert resident.get("/photos/sent/1:made-up").status_code == 422


def test_nine_photos_fit_and_the_tenth_is_named(resident: Client) -> None:
    answer = send(resident, "/raise", text="堆物", photos=[upload(shade) for shade in range(10)])
    assert errors_at(answer) == {"photos"}
    assert len(answer.context["form"].kept) <= 9


def test_where_a_photo_was_taken_is_removed(resident: Client) -> None:
    contents = jpeg_with_place()
    assert b"Exif" in contents
    send(resident, "/raise", text="路灯坏了", photos=[SimpleUploadedFile("a.jpg", contents, "image/jpeg")])
    kept = file_path(RequestPhoto.objects.get().file.digest).read_bytes()
    assert b"Exif" not in kept
    assert b"25.05" not in kept


# --- places ---


def test_a_place_that_is_gone_is_refused(resident: Client, community: Community) -> None:
    home = community.homes[0]
    Place.objects.filter(pk=home.pk).update(valid_to=today() - timedelta(days=1))
    assert errors_at(send(resident, "/raise", text="漏水", place=home.code)) == {"place"}
    assert errors_at(send(resident, "/raise", text="漏水", place="999999999999")) == {"place"}


def test_a_point_outside_the_district_is_refused(resident: Client) -> None:
    boundary = {"type": "Polygon", "coordinates": [SQUARE]}
    Place.objects.update_or_create(
        code=current_district().code,
        defaults={"level": 6, "name": "区", "address": "区", "search": "", "boundary": boundary, "valid_from": today()},
    )
    forget_boundaries()
    inside = send(resident, "/raise", text="路面有坑", longitude="102.71", latitude="25.05")
    assert inside.status_code == 302
    outside = send(resident, "/raise", text="路面有坑", longitude="116.40", latitude="39.90")
    assert errors_at(outside) == {"place"}
    forget_boundaries()


def test_steps_towards_a_place_keep_everything_and_send_nothing(resident: Client) -> None:
    step = {"place-do": "search", "place-search": "幸福里2号楼"}
    answer = send(resident, "/raise", text="路灯坏了", photos=[upload()], **step)
    assert answer.status_code == 200
    assert answer.context["form"]["text"].value() == "路灯坏了"
    assert len(answer.context["form"].kept) == 1
    assert not Request.objects.exists()


# --- sent twice ---


def test_the_same_form_sent_twice_makes_one_request(resident: Client) -> None:
    key = resident.get("/raise").context["form"]["key"].value()
    first, again = (resident.post("/raise", {"key": key, "text": "路灯坏了"}) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert Request.objects.count() == 1


def test_the_same_form_with_other_words_asks_before_it_makes_another(resident: Client) -> None:
    key = resident.get("/raise").context["form"]["key"].value()
    resident.post("/raise", {"key": key, "text": "路灯坏了"})
    answer = resident.post("/raise", {"key": key, "text": "电梯坏了"})
    assert answer.status_code == 409
    form = answer.context["form"]
    assert form["text"].value() == "电梯坏了"
    assert form["key"].value() != key
    resident.post("/raise", {"key": form["key"].value(), "text": "电梯坏了"})
    assert Request.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_the_same_moment_make_one_request() -> None:
    community = make_community()
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(community.account("resident"))
    key = clients[0].get("/raise").context["form"]["key"].value()
    answers = at_once(
        *(lambda client=client: client.post("/raise", {"key": key, "text": "路灯坏了"}) for client in clients)
    )
    assert [answer.status_code for answer in answers] == [302, 302], answers
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Request.objects.count() == 1


def test_a_flood_without_account_ends_and_the_words_stay(client: Client, community: Community) -> None:
    for number in range(MOST_ANONYMOUS):
        assert send(client, "/raise", text=f"第{number}件").status_code == 302
    answer = send(client, "/raise", text="再来一件")
    assert answer.status_code == 429
    assert answer.context["form"]["text"].value() == "再来一件"


def test_the_page_costs_few_queries(resident: Client, query_budget: Any) -> None:
    resident.get("/raise")
    with query_budget("resident/raise"):
        resident.get("/raise")
