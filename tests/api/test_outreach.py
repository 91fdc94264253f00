"""Rounds through the API: what is coming is public, and only those who live there say that a home wants no visits."""

from datetime import timedelta

from jinlin.outreach.actions import NewRound, plan_round
from jinlin.outreach.models import NoVisits
from jinlin.platform.dates import today
from tests.api.programs import refusal
from tests.support.community import COMMUNITY


def test_what_is_coming_is_public_and_a_home_says_no_for_itself(nobody, program, community) -> None:
    body, on = community.bodies["service_station"], today() + timedelta(days=3)
    new = NewRound("courtyard", "院坝恳谈", body, COMMUNITY, on, spot="凉亭")
    plan_round(actor=community.actor("community_worker"), new=new)
    (row,) = nobody.get("/outreach", place=COMMUNITY).json()["rows"]
    assert (row["spot"], row["on"], row["team"]) == ("凉亭", on.isoformat(), body.name)
    assert nobody.get("/outreach", place="530199001002").json()["rows"] == []
    path = f"/outreach/homes/{community.homes[0].code}/no-visits"
    refusal(nobody.post(path, {"wanted": True}), 401, "not_signed_in")
    refusal(program("neighbour").post(path, {"wanted": True}), 403, "not_allowed")
    resident = program("resident")
    assert [resident.post(path, {"wanted": True}).json() for _ in range(2)] == [{"wanted": True}] * 2
    assert NoVisits.objects.count() == 1
    resident.post(path, {"wanted": False})
    assert not NoVisits.objects.exists()
