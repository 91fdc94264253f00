"""The pages of conversations: one statement at a time without scripts, a sitting that ends, the desk's check, slips, figures."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jinlin.opinions import actions
from jinlin.opinions.actions.finding import look_anew
from jinlin.opinions.models import Conversation, Participant, Statement, Vote
from jinlin.opinions.queries import Group
from jinlin.opinions.views.showing import circles
from jinlin.people.models import Account
from tests.opinions.conftest import SEEDS, camps, people_of
from tests.support.community import COMMUNITY, Community
from tests.support.pages import fetch, send, signed_in, text_of

pytestmark = pytest.mark.django_db
Made = Callable[..., Conversation]


def test_a_resident_votes_statement_by_statement_until_the_sitting_is_over(
    place: Community, conversation_at: Made
) -> None:
    conversation, resident = conversation_at(), signed_in(place, "resident")
    actions.seed(
        actor=place.actor("community_worker"),
        conversation_id=conversation.pk,
        texts=[f"第{number}条开头的看法" for number in range(8)],
    )
    path = f"/opinions/{conversation.pk}/vote/"
    for number in range(10):
        page = resident.get(path)
        assert f"第{number + 1}条" in text_of(page)
        statement = page.context["statement"]
        assert send(resident, path, vote="1", statement=statement.pk, important="on").status_code == 302
    assert "今天先到这里" in text_of(resident.get(path))
    assert resident.get(f"{path}?more=1").status_code == 302
    for _number in range(3):
        statement = resident.get(path).context["statement"]
        send(resident, path, vote="0", statement=statement.pk)
    assert "对全部看法都表过态" in text_of(resident.get(path))
    assert Vote.objects.count() == 13 and Vote.objects.filter(important=True).count() == 10


def test_a_vote_that_is_none_goes_back_with_the_reason(place: Community, conversation_at: Made) -> None:
    conversation, resident = conversation_at(), signed_in(place, "resident")
    path = f"/opinions/{conversation.pk}/vote/"
    statement = resident.get(path).context["statement"]
    assert send(resident, path, statement=statement.pk).status_code == 422
    assert send(resident, path, statement=statement.pk, vote="5").status_code == 422
    assert send(resident, path, statement=999999, vote="1").status_code == 404
    assert not Vote.objects.exists()


def test_a_refused_statement_keeps_its_words(place: Community, conversation_at: Made) -> None:
    conversation, resident = conversation_at(), signed_in(place, "resident")
    path = f"/opinions/{conversation.pk}/say/"
    answer = send(resident, path, text="请打13912345678找我")
    assert answer.status_code == 422
    assert "请打13912345678找我" in answer.content.decode()
    assert send(resident, path, text="路灯应当早一点亮").status_code == 302
    assert "等待查看" in text_of(resident.get(path))


def test_the_desk_prepares_checks_and_closes(place: Community) -> None:
    desk, resident = signed_in(place, "community_worker"), signed_in(place, "resident")
    given = {
        "title": "车位怎么分",
        "place": COMMUNITY,
        "first_day": "2026-05-08",
        "last_day": "2026-05-20",
        "checked": "before",
    }
    assert send(desk, "/desk/opinions/new/", **given).status_code == 302
    row = Conversation.objects.get()
    base = f"/desk/opinions/{row.pk}/"
    assert send(desk, f"{base}open/").status_code == 409
    assert send(desk, f"{base}seeds/", texts="\n".join(SEEDS)).status_code == 302
    assert resident.get(f"/opinions/{row.pk}/").status_code == 404
    assert send(desk, f"{base}open/").status_code == 302
    send(resident, f"/opinions/{row.pk}/say/", text="路灯应当早一点亮")
    statement = Statement.objects.get(state="waiting")
    assert "路灯应当早一点亮" in text_of(desk.get(base))
    step = f"/desk/opinions/statements/{statement.pk}/"
    assert send(desk, f"{step}hide/", words="").status_code == 422
    assert send(desk, f"{step}hide/", words="和车位无关").status_code == 302
    assert "和车位无关" in text_of(resident.get(f"/opinions/{row.pk}/say/"))
    assert send(desk, f"{step}show/").status_code == 302
    assert send(desk, f"{base}close/").status_code == 302
    assert "可以看结果" in text_of(resident.get(f"/opinions/{row.pk}/vote/"))
    assert signed_in(place, "auditor").get(base).status_code == 200
    assert resident.get(base).status_code == 403
    for path in (f"{base}fly/", f"{step}fly/", "/desk/opinions/999/", "/opinions/999/"):
        assert desk.get(path).status_code == 404


def test_two_officers_on_one_step_the_second_is_told(place: Community, conversation_at: Made) -> None:
    conversation, desk = conversation_at(), signed_in(place, "community_worker")
    path = f"/desk/opinions/{conversation.pk}/close/"
    form = desk.get(path).context["form"]
    hidden = {bound.name: bound.value() for bound in form.hidden_fields()}
    actions.close_conversation(actor=place.actor("community_secretary"), conversation_id=conversation.pk)
    assert desk.post(path, hidden).status_code == 409


def test_a_slip_is_entered_once(place: Community, conversation_at: Made) -> None:
    conversation, desk = conversation_at(), signed_in(place, "community_worker")
    path = f"/desk/opinions/{conversation.pk}/slips/"
    first = Statement.objects.order_by("pk").first()
    assert send(desk, path, number="A-001", **{f"s{first.pk}": "-1"}).status_code == 302
    assert send(desk, path, number="A-001", **{f"s{first.pk}": "1"}).status_code == 422
    assert send(desk, path, number="A-002").status_code == 422
    assert (Participant.objects.count(), Vote.objects.get().value) == (1, -1)


def test_what_all_share_stands_first_and_nobody_is_named(place: Community, conversation_at: Made) -> None:
    conversation, voters = conversation_at(), people_of(place, 15)
    assert "至少有10人" in text_of(Client().get(f"/opinions/{conversation.pk}/"))
    camps(conversation, voters, 7)
    look_anew(conversation.pk)
    page = Client().get(f"/opinions/{conversation.pk}/")
    words = text_of(page)
    assert words.index("大家的共识") < words.index(SEEDS[-1]) < words.index("看法不同的地方") < words.index("甲群，8人")
    assert "100%同意" in words and "居民" not in words.replace("居民委员会", "").replace("居民怎么", "")
    assert "<svg" in page.content.decode() and "<table" in page.content.decode()
    own = Client()
    own.force_login(Account.objects.get(username="voter0"))
    assert "最接近" in text_of(own.get(f"/opinions/{conversation.pk}/"))


def test_the_figures_leave_as_a_sheet_without_persons(place: Community, conversation_at: Made) -> None:
    conversation, desk = conversation_at(), signed_in(place, "community_worker")
    camps(conversation, people_of(place, 15), 7)
    look_anew(conversation.pk)
    status, contents, _answer = fetch(desk, f"/desk/opinions/{conversation.pk}/export.csv")
    rows = list(csv.reader(io.StringIO(contents.decode("utf-8-sig"))))
    assert status == 200 and len(rows) == 1 + 3 * len(SEEDS)
    assert ["15", "0", "15", ""] in [row[2:] for row in rows] or ["15", "0", "15"] in [row[2:5] for row in rows]
    assert fetch(desk, f"/desk/opinions/{conversation.pk}/export.xlsx")[0] == 200
    assert signed_in(place, "resident").get(f"/desk/opinions/{conversation.pk}/export.csv").status_code == 403


def test_circles_lie_within_the_picture() -> None:
    found = circles([Group(0, 80, -3.0, 1.0, []), Group(1, 5, 4.0, 1.0, [])])
    assert all(circle["r"] <= circle["x"] <= 320 - circle["r"] for circle in found)
    assert found[0]["r"] > found[1]["r"]
    assert circles([]) == []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("resident", "/opinions/"),
        ("resident", "/opinions/{}/"),
        ("resident", "/opinions/{}/vote/"),
        ("community_worker", "/desk/opinions/"),
        ("community_worker", "/desk/opinions/{}/"),
    ],
)
def test_pages_keep_to_their_number_of_queries(
    place: Community, conversation_at: Made, query_budget: Any, name: str, path: str
) -> None:
    conversation, client = conversation_at(), signed_in(place, name)
    camps(conversation, people_of(place, 12), 6)
    look_anew(conversation.pk)
    address = path.format(conversation.pk)
    client.get(address)
    with query_budget(path.format("one").strip("/")):
        client.get(address)
