"""M023 小区后援单位: 79 units and 50 firms back 244 estates; the estate's branch says what was delivered, not the unit."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jinlin.organisations.actions import NewBody, NewTask, NewTie, found_bodies, partner_all, pledge
from jinlin.organisations.models import Partnership
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.territory.models import Zone
from tests.people.conftest import text_of
from tests.support.bodies import FOUNDED, at_desk, found, many_estates, seat
from tests.support.community import COMMUNITY, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M023")]


def test_129_units_over_244_estates_and_those_left_out(method: Callable) -> None:
    place = make_community()
    method("hetang")
    many_estates(242)
    district = COMMUNITY[:6]
    units = found_bodies(
        actor=SYSTEM,
        new=[
            *(NewBody("district_unit", f"区直单位{n}", district, founded_on=FOUNDED) for n in range(79)),
            *(NewBody("backing_firm", f"后援企业{n}", district, founded_on=FOUNDED) for n in range(50)),
        ],
    )
    zones = list(Zone.objects.filter(kind="estate").order_by("label"))
    ties = [
        NewTie("backing_unit", units[at % 129], FOUNDED, zone=zone) for at, zone in enumerate(zones[:240])
    ]  # two estates for most units, four estates for none
    assert len(partner_all(actor=SYSTEM, ties=ties)) == 240
    officer = at_desk(place, "subdistrict_officer")
    (_kind, left), *_ = officer.get("/desk/bodies/ties/").context["unbacked"]
    assert [zone.pk for zone in left] == [zone.pk for zone in zones[240:]]
    last = Partnership.objects.filter(zone=zones[0]).get()
    officer.post(f"/desk/bodies/ties/{last.pk}/end/", {"last_day": today() - timedelta(days=1)})
    (_kind, left), *_ = officer.get("/desk/bodies/ties/").context["unbacked"]
    assert zones[0].pk in {zone.pk for zone in left}  # a tie that has run out counts no longer


def test_a_unit_cannot_confirm_its_own_pledge(method: Callable) -> None:
    place = make_community()
    method("hetang")
    estate = place.estates[0]
    branch, unit = (
        found("estate_branch", "幸福里党支部", zone=estate),
        found("district_unit", "区财政局", COMMUNITY[:6]),
    )
    partner_all(actor=SYSTEM, ties=[NewTie("backing_unit", unit, FOUNDED, zone=estate)])
    seat(place, "resident", unit, "member")
    seat(place, "neighbour", branch, "estate_secretary")
    due = today() + timedelta(days=20)
    task = pledge(actor=SYSTEM, new=NewTask("backing_pledge", "装健身器材", unit, due, host=branch, zone=estate))
    doer, secretary, url = at_desk(place, "resident"), at_desk(place, "neighbour"), f"/desk/tasks/{task.pk}"
    assert doer.post(f"{url}/do/", {"words": "器材已装好"}).status_code == 302
    assert doer.post(f"{url}/confirm/").status_code == 403
    public = f"/estates/{estate.label}/"
    assert "今年承诺1项，完成0项" in text_of(at_desk(place, "property_manager").get(public))
    assert secretary.post(f"{url}/confirm/").status_code == 302
    page = text_of(at_desk(place, "property_manager").get(public))
    assert "今年承诺1项，完成1项" in page and "区财政局" in page and "装健身器材" in page
