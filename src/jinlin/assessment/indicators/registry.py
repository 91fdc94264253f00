"""The indicators of the places that Jinlin carries, by the ids of the mission's catalogue, as data."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.algorithms.place_codes import Level
from jinlin.assessment.indicators.base import (
    Indicator,
    Part,
    Source,
    count,
    distinct,
    distinct_to,
    mean_of,
    number_of,
    per,
    ratio_to,
)  # fmt: skip
from jinlin.assessment.indicators.sources import (
    bodies,
    cells_of_year,
    covered_zones,
    homes_in,
    lists_opened,
    places,
    posts,
    posts_claimed,
    posts_put_up,
    problems_solved,
    reports,
    sheet_total,
    stated_members,
    taken_up,
    ties,
    units_here,
    zones,
)
from jinlin.platform.errors import Words
from jinlin.territory.models import Zone
from jinlin.volunteering.models import Report

SINCE_2021 = date(2021, 1, 1)
COMMUNITIES = places(Level.COMMUNITY)
ESTATES, GRIDS = zones(Zone.Kind.ESTATE), zones(Zone.Kind.GRID)

PERCENT = "%"
UNITS, FIRMS, PEOPLE = pgettext_lazy("unit", "units"), pgettext_lazy("unit", "firms"), pgettext_lazy("unit", "people")
BRANCHES, GROUPS = pgettext_lazy("unit", "branches"), pgettext_lazy("unit", "groups")
HOUSEHOLDS = pgettext_lazy("unit", "households")
HELD = _("number of running appointments")
ACTIVE = _("number of active bodies")


def counted(id: str, name: Words, unit: Words, formula: Words, source: Source, **more: object) -> Indicator:
    """An indicator that is the number of its records."""
    return Indicator(id, name, unit, formula, (Part(source, count),), **more)


def held(id: str, name: Words, key: str, origin: str = "", **more: object) -> Indicator:
    """An indicator that is the number of people in a post."""
    return Indicator(id, name, PEOPLE, HELD, (Part(posts(key, origin), distinct("person")),), **more)


_ALL = (
    counted("I001", _("Townships and subdistricts"), UNITS, _("number of places"), places(Level.SUBDISTRICT)),
    counted("I002", _("Villages and communities"), UNITS, _("number of places"), COMMUNITIES),
    counted("I003", _("Residential estates"), UNITS, _("number of estates"), ESTATES),
    Indicator(
        "I004",
        _("Branch coverage"),
        PERCENT,
        _("estates in the care of a branch / all estates"),
        (Part(covered_zones(Zone.Kind.ESTATE, "estate_branch"), ratio_to(ESTATES, 100)),),
    ),
    held("I005", _("First secretaries"), "first_secretary"),
    held("I006", _("Office cadres stationed"), "work_team_member", "office_cadre"),
    held("I007", _("Political-legal officers stationed"), "work_team_member", "political_legal"),
    held("I008", _("City-management officers stationed"), "work_team_member", "city_management"),
    held("I009", _("Subdistrict cadres stationed"), "work_team_member", "subdistrict_cadre"),
    Indicator(
        "I010",
        _("District backing units"),
        UNITS,
        _("different units that back an estate"),
        (Part(ties("backing_unit", "district_unit"), distinct("unit")),),
    ),
    Indicator(
        "I011",
        _("Backing firms"),
        FIRMS,
        _("different firms that back an estate"),
        (Part(ties("backing_unit", "backing_firm"), distinct("unit")),),
    ),
    Indicator(
        "I046",
        _("Communities and grids"),
        UNITS,
        _("number of communities; number of grids"),
        (Part(COMMUNITIES, count), Part(GRIDS, count)),
    ),
    Indicator(
        "I047",
        _("Mean size of a grid"),
        HOUSEHOLDS,
        _("homes in grids / grids"),
        (Part(GRIDS, mean_of(homes_in(Zone.Kind.GRID))),),
    ),
    counted("I048", _("Estate branches"), BRANCHES, ACTIVE, bodies("estate_branch")),
    counted("I049", _("Building groups"), GROUPS, ACTIVE, bodies("building_group")),
    held("I050", _("Building heads from centre households"), "building_head", "centre_household"),
    Indicator(
        "I051",
        _("People in concurrent posts"),
        PEOPLE,
        _("different holders of concurrent posts"),
        (Part(posts("concurrent_member"), distinct("person")),),
    ),
    Indicator(
        "I052",
        _("Community workers per 10,000 residents"),
        pgettext_lazy("unit", "per 10,000"),
        _("community workers / urban permanent residents × 10,000"),
        (Part(posts("community_worker"), per(sheet_total("residents", "population"), 10_000)),),
    ),
    counted(
        "I053",
        _("Community workers recruited"),
        PEOPLE,
        _("appointments begun, those who have left included"),
        taken_up("community_worker", SINCE_2021),
        period=_("since 2021"),
    ),
    Indicator(
        "I054",
        _("Secretary's assistants and organisation-work specialists"),
        pgettext_lazy("unit", "per community"),
        _("posts filled / communities, for each of the two"),
        (
            Part(posts("secretary_assistant"), ratio_to(COMMUNITIES)),
            Part(posts("organisation_specialist"), ratio_to(COMMUNITIES)),
        ),
    ),
    held("I057", _("Grid members"), "grid_member"),
    held("I058", _("Community police"), "community_police"),
    held("I059", _("Enforcement officers"), "enforcement_officer"),
    held("I060", _("Service team of the grids"), "service_team_member"),
    counted("I065", _("Estate (grid) branches"), BRANCHES, ACTIVE, bodies("estate_branch")),
    counted("I066", _("Building groups"), GROUPS, ACTIVE, bodies("building_group")),
    counted("I067", _("Centre households"), HOUSEHOLDS, ACTIVE, bodies("centre_household"), more_than=True),
    held("I070", _("Retired members mobilised"), "retired_member_lead"),
    counted(
        "I071",
        _("Secretaries awarded"),
        PEOPLE,
        _("secretaries with an award on the sheet"),
        cells_of_year("secretary_awards", "award", 2021),
        period="2021",
    ),
    counted(
        "I072",
        _("Secretaries who entered community committees"),
        PEOPLE,
        _("secretaries whom the sheet says to have entered"),
        cells_of_year("secretary_entrants", "entrant", 2021),
        period="2021",
    ),
    held("I079", _("Property instructors"), "property_instructor", period=_("since 2021")),
    counted(
        "I080",
        _("Volunteer teams"),
        pgettext_lazy("unit", "teams"),
        ACTIVE,
        bodies("volunteer_organisation"),
        more_than=True,
    ),
    counted(
        "I082",
        _("Problem lists"),
        pgettext_lazy("unit", "lists"),
        _("problem lists opened, closed ones included"),
        lists_opened("problem", SINCE_2021),
        more_than=True,
        period=_("since 2021"),
    ),
    counted(
        "I084",
        _("Reporting by serving members"),
        pgettext_lazy("unit", "person-times"),
        _("number of reports"),
        reports(Report.Track.MEMBER),
        more_than=True,
    ),
    Indicator(
        "I085",
        _("Categories of posts"),
        pgettext_lazy("unit", "categories"),
        _("different categories of posts put up"),
        (Part(posts_put_up(), distinct("category")),),
    ),
    counted("I086", _("Posts claimed"), UNITS, _("number of places taken"), posts_claimed(), more_than=True),
    counted(
        "I087",
        _("Problems solved by members"),
        UNITS,
        _("confirmed services that settled a problem"),
        problems_solved(),
        more_than=True,
    ),
    Indicator(
        "I092",
        _("Units and serving members reported"),
        PERCENT,
        _("units reported / units; members reported / members stated by the units"),
        (
            Part(reports(Report.Track.UNIT), distinct_to("unit", number_of(units_here()))),
            Part(reports(Report.Track.MEMBER), distinct_to("person", stated_members)),
        ),
    ),
)
INDICATORS = {indicator.id: indicator for indicator in _ALL}
