"""Conversations through the API: what came of them is public, votes are for those who live there, and nobody is named."""

from datetime import timedelta

from jinlin.opinions import actions
from jinlin.opinions.actions import NewConversation
from jinlin.opinions.models import Vote
from jinlin.platform.dates import today
from tests.api.programs import refusal
from tests.support.community import COMMUNITY

SEEDS = ("电梯应当每月检修一次", "一楼不该分摊电梯费", "中庭要多种树")


def test_a_program_reads_votes_and_says(nobody, program, community) -> None:
    worker, first = community.actor("community_worker"), today()
    new = NewConversation("中庭怎么用才好", COMMUNITY, first, first + timedelta(days=9))
    row = actions.make_conversation(actor=worker, new=new)
    assert nobody.get("/opinions").json()["rows"] == []
    actions.seed(actor=worker, conversation_id=row.pk, texts=SEEDS)
    actions.open_conversation(actor=worker, conversation_id=row.pk)
    assert [one["id"] for one in nobody.get("/opinions", place=COMMUNITY).json()["rows"]] == [str(row.pk)]
    path = f"/opinions/{row.pk}"
    resident = program("resident")
    refusal(nobody.get(f"{path}/next"), 401, "not_signed_in")
    refusal(program("community_worker").get(f"{path}/next"), 403, "not_allowed")
    before = resident.get(f"{path}/next").json()
    assert before["left"] == 3
    after = resident.post(f"{path}/votes", {"statement": int(before["id"]), "vote": -1}).json()
    assert (after["left"], Vote.objects.get().value) == (2, -1)
    refusal(resident.post(f"{path}/votes", {"statement": 999999, "vote": 1}), 404, "not_found")
    refusal(resident.post(f"{path}/votes", {"statement": int(after["id"]), "vote": 3}), 422, "invalid")
    refusal(resident.post(f"{path}/statements", {"text": "好"}), 422, "invalid")
    assert resident.post(f"{path}/statements", {"text": "路灯应当早一点亮"}).json()["state"] == "waiting"
    found = nobody.get(path).json()
    assert (found["persons"], found["households"], found["votes"]) == (1, 1, 1)
    assert found["groups"] == found["shared"] == found["statements"] == []
    refusal(nobody.get("/opinions/999999"), 404, "not_found")
