"""Ballots through the API: open to read, one paper for those on the roll, nothing of the result before the end."""

from datetime import timedelta

from jinlin.platform.dates import now
from jinlin.voting import actions
from jinlin.voting.actions import NewBallot, NewQuestion
from tests.api.programs import refusal
from tests.support.community import COMMUNITY


def test_a_paper_is_cast_once_by_those_on_the_roll(nobody, program, community) -> None:
    worker = community.actor("community_worker")
    new = NewBallot(
        "appraisal", "修路灯", "路灯修得怎样", community.bodies["residents_committee"], COMMUNITY, (community.buildings[0].code,),
        "1号楼", now(), now() + timedelta(days=5), (NewQuestion("修好了吗"),),
    )  # fmt: skip
    ballot = actions.prepare_ballot(actor=worker, new=new)
    assert nobody.get("/ballots").json()["rows"] == []
    refusal(nobody.get(f"/ballots/{ballot.pk}"), 404, "not_found")
    actions.announce_ballot(actor=worker, ballot_id=ballot.pk)
    (row,) = nobody.get("/ballots", place=COMMUNITY).json()["rows"]
    (question,) = row["questions"]
    assert [option["key"] for option in question["options"]] == ["solved", "partly", "unsolved"]
    path, paper = f"/ballots/{ballot.pk}/votes", {"marks": {question["id"]: ["solved"]}}
    refusal(nobody.post(path, paper), 401, "not_signed_in")
    refusal(program("neighbour").post(path, paper), 403, "not_allowed")
    resident = program("resident")
    refusal(resident.post(path, {"marks": {question["id"]: ["great"]}}), 422, "invalid")
    refusal(resident.post(path, {"marks": {"x": ["solved"]}}), 422, "invalid")
    made, again = (resident.post(path, paper, "k") for _ in range(2))
    assert (made.status_code, made.json()) == (201, again.json())
    refusal(resident.post(path, paper), 409, "wrong_state")
    row = nobody.get(f"/ballots/{ballot.pk}").json()
    assert (row["used"], row["heads"], row["result"], row["passed"]) == (1, 4, {}, None)
    assert ballot.papers.count() == 1
