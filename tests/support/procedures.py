"""What tests of procedures in several folders share: a branch and an owners' committee, and walks through pages."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client

from jinlin.organisations.models import Body
from jinlin.procedures.models import Procedure
from tests.support.bodies import found, seat
from tests.support.community import COMMUNITY, Community
from tests.support.pages import send


def as_ningde(place: Community, method: Callable) -> Community:
    """Let the small place work as Ningde does: `neighbour_head` speaks for the branch, `grid_member` for the committee."""
    method("ningde")
    estate = place.estates[0]
    branch = found("estate_branch", "幸福里党支部", zone=estate)
    committee = Body.objects.get(kind="owners_committee", zone=estate)
    seat(place, "neighbour_head", branch, "estate_secretary", role="body_member")
    seat(place, "grid_member", committee, "owners_committee_member", role="body_member")
    return place


def begin(client: Client, place: Community, kind: str, **more: Any) -> Procedure:
    """Begin a procedure in the first estate through its page, and return it."""
    spot = f"{COMMUNITY}/{place.estates[0].pk}"
    answer = send(client, f"/procedures/new/{kind}/", **{"title": "改造门厅", "place": spot, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    return Procedure.objects.latest("pk")


def take(client: Client, procedure: Procedure, key: str, verb: str = "conclude", **given: Any) -> HttpResponse:
    """Send the page of a step."""
    return send(client, f"/procedures/{procedure.pk}/steps/{key}/{verb}/", **given)
