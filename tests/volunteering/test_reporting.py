"""Units and members report: for themselves, where they live, and person-times apart from persons."""

from datetime import timedelta

import pytest

from jinlin.organisations.models import Body
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed
from jinlin.playbooks.here import current_playbook
from jinlin.volunteering import queries
from jinlin.volunteering.actions import NewReport, report, report_all
from jinlin.volunteering.models import Report
from jinlin.volunteering.queries import member_reports, unit_reports
from tests.support.community import COMMUNITY, Community

pytestmark = pytest.mark.django_db


def test_three_reports_of_one_member_are_three_person_times_of_one_person(place: Community, units: list[Body]) -> None:
    actor, person = place.actor("resident"), place.persons["resident"]
    for _time in range(3):
        report(actor=actor, new=NewReport(COMMUNITY, unit=units[0], person=person))
    found = member_reports(Report.objects.all(), queries.units(current_playbook()))
    assert (found.times, found.distinct, found.total) == (3, 1, 10)


def test_a_unit_without_a_community_keeps_coverage_below_all(place: Community, units: list[Body]) -> None:
    worker = place.actor("community_worker")
    report(actor=worker, new=NewReport(COMMUNITY, unit=units[0]))
    assert unit_reports(queries.units(current_playbook())).share == 0.5
    report(actor=worker, new=NewReport(COMMUNITY, unit=units[1]))
    assert unit_reports(queries.units(current_playbook())).share == 1


@pytest.mark.parametrize("who", ["neighbour", "grid_member", "property_manager", "auditor"])
def test_nobody_reports_for_somebody_else(place: Community, units: list[Body], who: str) -> None:
    for new in (NewReport(COMMUNITY, person=place.persons["resident"]), NewReport(COMMUNITY, unit=units[0])):
        with pytest.raises(NotAllowed):
            report(actor=place.actor(who), new=new)
    assert not Report.objects.exists()


def test_a_member_reports_where_they_live_only(place: Community) -> None:
    worker = place.persons["grid_member"]
    with pytest.raises(Invalid):
        report(actor=place.actor("grid_member"), new=NewReport(COMMUNITY, person=worker))
    with pytest.raises(Invalid):
        report(actor=place.actor("resident"), new=NewReport("530199001002", person=place.persons["resident"]))


def test_a_list_with_one_wrong_line_leaves_nothing(place: Community, units: list[Body]) -> None:
    tomorrow = today() + timedelta(days=1)
    lines = [NewReport(COMMUNITY, unit=units[0]), NewReport(COMMUNITY, unit=units[1], reported_on=tomorrow)]
    with pytest.raises(Invalid):
        report_all(actor=place.actor("community_worker"), reports=lines)
    assert not Report.objects.exists()
