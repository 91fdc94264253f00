"""Checks of M042, M043, M057 and M058: what residents raise, and what their neighbour heads note and bring about."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from jinlin.disclosure.models import DisclosedPhoto
from jinlin.platform.photos import file_path
from jinlin.requests.actions import accept_request, dispatch_request, publish_request
from jinlin.requests.actions.publicity import Look
from jinlin.requests.models import Clock, Request, RequestPhoto
from jinlin.wishes.models import Wish
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import PROGRAM, jpeg_with_place, send, signed_in, upload

FUNCTIONS = {"opinion": "民意畅达", "snap": "随手拍", "wish": "微心愿", "help": "在线求助", "complaint": "投诉建议"}


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.mark.mechanism("M042")
def test_m042_one_report_in_each_of_five_functions_gives_five_numbers_with_receipt_and_owner(
    community: Community,
) -> None:
    resident = signed_in(community, "resident")
    numbers = [_number_on_receipt(resident, function) for function in FUNCTIONS]
    assert len(set(numbers)) == 5
    wish = Wish.objects.select_related("body").get()
    assert wish.made_at is not None
    assert wish.body.active
    assert wish.check_by > wish.made_at
    made = Request.objects.select_related("body").order_by("pk")
    assert [row.function for row in made] == [function for function in FUNCTIONS if function != "wish"]
    for row in made:
        assert row.received_at is not None
        assert row.body.active
        assert row.steps.get().verb == "receive"
        assert Clock.objects.filter(request=row, milestone="first_answer", due_at__gt=row.received_at).exists()


def _number_on_receipt(resident: Client, function: str) -> str:
    """Send a form through the entrance, which for a small wish leads on to the wish wall, and read the receipt."""
    if function == "wish":
        opened = resident.get(f"/raise?function={function}")
        assert opened.status_code == 307
        answer = send(resident, opened["Location"], title="想要一个收音机", nickname="戏迷", place=COMMUNITY)
    else:
        answer = send(resident, f"/raise?function={function}", text="请看一看", function=function)
    receipt = resident.get(answer["Location"])
    assert receipt.status_code == 200
    return (receipt.context.get("found") or receipt.context["wish"]).number


@pytest.mark.mechanism("M042")
def test_m042_any_channel_anonymous_too_makes_the_same_record(community: Community) -> None:
    anybody, head = Client(), signed_in(community, "neighbour_head")
    assert send(anybody, "/raise", text="有人放音乐").status_code == 302
    said = {"text": "漏水", "place": community.homes[0].code, "read_back": "on"}
    for channel in ("visit", "phone"):
        assert send(head, "/field/report/other", channel=channel, **said).status_code == 302
    assert sorted(Request.objects.values_list("channel", "anonymous")) == [
        ("online", True),
        ("phone", False),
        ("visit", False),
    ]


@pytest.mark.mechanism("M043")
def test_m043_the_published_copy_of_a_snap_has_no_place_in_it(community: Community) -> None:
    resident = signed_in(community, "resident")
    raw = jpeg_with_place()
    with Image.open(SimpleUploadedFile("a.jpg", raw)) as taken:
        assert taken.getexif().get_ifd(0x8825)
    send(
        resident,
        "/raise",
        text="路灯坏了",
        function="snap",
        wished_public="on",
        place=community.buildings[0].code,
        photos=[SimpleUploadedFile("a.jpg", raw, "image/jpeg")],
    )
    made = Request.objects.get()
    worker = community.actor("community_worker")
    accept_request(actor=worker, request_id=made.pk, category="H107")
    shown = Look(title="路灯坏了", text="路灯坏了", photo_ids=[RequestPhoto.objects.get().pk])
    publish_request(actor=worker, request_id=made.pk, look=shown)
    published = file_path(DisclosedPhoto.objects.get().file.digest)
    with Image.open(published) as picture:
        assert not dict(picture.getexif())
        assert "comment" not in picture.info
    assert b"25.05" not in published.read_bytes()


@pytest.mark.mechanism("M043")
def test_m043_a_program_called_jpg_is_refused_and_the_words_stay(community: Community) -> None:
    answer = send(
        signed_in(community, "resident"),
        "/raise",
        text="路灯坏了",
        photos=[SimpleUploadedFile("lamp.jpg", PROGRAM, "image/jpeg")],
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"photos"}
    assert answer.context["form"]["text"].value() == "路灯坏了"
    assert not Request.objects.exists()


@pytest.mark.mechanism("M043")
def test_m043_before_and_after_stand_together(community: Community) -> None:
    member = signed_in(community, "grid_member")
    send(member, "/field/report", category="G1", place=community.homes[0].code, photos=[upload(1)])
    made = Request.objects.get()
    worker = community.actor("community_worker")
    accept_request(actor=worker, request_id=made.pk)
    dispatch_request(
        actor=worker, request_id=made.pk, body_id=community.bodies["residents_committee"].pk, basis="职责表第3条"
    )
    send(member, f"/field/requests/{made.pk}/handle", answer="清走了", photos=[upload(2)])
    assert list(made.photos.values_list("moment", flat=True)) == ["before", "after"]
    refused = send(member, "/field/report", text="堆物", photos=[upload(3)])
    assert set(refused.context["form"].errors) == {"place"}


@pytest.mark.mechanism("M057")
def test_m057_a_matter_counts_as_solved_only_when_confirmed_or_with_a_reason(community: Community) -> None:
    head = signed_in(community, "neighbour_head")
    matter: dict[str, Any] = {
        "channel": "visit",
        "text": "找人修水龙头",
        "place": community.homes[0].code,
        "read_back": "on",
    }

    def solved() -> int:
        return head.get("/field/").context["entered"]["solved"]

    links = []
    for _number in range(2):
        location = send(head, "/field/report/matter", **matter)["Location"]
        number, code = location.rsplit("/", 2)[1:]
        links.append(f"/follow/{number}/{code}")
    confirmed, reasoned = Request.objects.order_by("pk")
    for made in (confirmed, reasoned):
        send(head, f"/field/requests/{made.pk}/handle", answer="水电师傅换了垫圈")
    assert solved() == 0
    assert send(head, f"/field/requests/{reasoned.pk}/settle").status_code == 422
    assert solved() == 0
    resident = Client()
    page = resident.get(links[0])["Location"]
    send(resident, f"{page}/rate", responded="yes", solved="yes", satisfied="yes")
    assert solved() == 1
    send(head, f"/field/requests/{reasoned.pk}/settle", reason="老人当面说好了")
    assert solved() == 2


@pytest.mark.mechanism("M057", "M058")
def test_m057_m058_no_record_is_in_two_totals(community: Community) -> None:
    head = signed_in(community, "neighbour_head")
    place = community.homes[0].code
    for note in ("想要椅子", "想要路灯", "想要车棚"):
        send(head, "/field/report/opinion", text=note, category="G1", place=place)
    for text in ("修水龙头", "换灯泡"):
        send(head, "/field/report/matter", channel="visit", text=text, place=place, read_back="on")
    counts = head.get("/field/").context["entered"]
    assert (counts["opinions"], counts["matters"], counts["others"]) == (3, 2, 0)
    shown = [
        {row.pk for row in head.get(f"/field/entered?function={function}").context["page"].rows}
        for function in ("opinion", "matter", "other")
    ]
    assert [len(rows) for rows in shown] == [3, 2, 0]
    assert not set.intersection(shown[0], shown[1])


@pytest.mark.mechanism("M058")
def test_m058_an_opinion_has_a_topic_names_nobody_and_gets_an_answer(community: Community) -> None:
    head = signed_in(community, "neighbour_head")
    place = community.buildings[0].code
    for wrong, field in [
        ({"text": "联系人王小明说太吵", "category": "G1"}, "text"),
        ({"text": "想要椅子", "category": ""}, "category"),
        ({"text": "", "category": "G1"}, "text"),
    ]:
        answer = send(head, "/field/report/opinion", place=place, **wrong)
        assert set(answer.context["form"].errors) == {field}
    location = send(head, "/field/report/opinion", text="想要椅子", category="G1", place=place)["Location"]
    made = Request.objects.get()
    assert (made.function, made.category, made.reporter_id, made.anonymous) == ("opinion", "G1", None, True)
    worker = community.actor("community_worker")
    accept_request(actor=worker, request_id=made.pk, note="已列入今年的改造计划")
    number, code = location.rsplit("/", 2)[1:]
    resident = Client()
    page = resident.get(resident.get(f"/follow/{number}/{code}")["Location"]).content.decode()
    assert "想要椅子" in page
    assert "已列入今年的改造计划" in page
