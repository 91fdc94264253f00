"""Reads of bodies, posts and duties that more than one screen needs, one module per noun."""

from jinlin.organisations.queries.accounts import staff_accounts
from jinlin.organisations.queries.desk import area_names
from jinlin.organisations.queries.duties import INTAKE, duties_at, receiving_body_id
from jinlin.organisations.queries.holders import (
    Tally,
    ending_soon,
    open_offers,
    serving,
    standing_in,
    tally,
    tally_by_origin,
    tally_by_post,
)
from jinlin.organisations.queries.posts import (
    asked_among,
    grants_of,
    holders_of,
    members_of,
    posts_at,
    running_appointments,
    terms_of,
)
from jinlin.organisations.queries.staffing import (
    Coverage,
    Staffing,
    Vacancy,
    coverage_of,
    coverages,
    households_per_holder,
    staffed_post,
    staffing_table,
    vacancies,
)

__all__ = [
    "INTAKE",
    "Coverage",
    "Staffing",
    "Tally",
    "Vacancy",
    "area_names",
    "asked_among",
    "coverage_of",
    "coverages",
    "duties_at",
    "ending_soon",
    "grants_of",
    "holders_of",
    "households_per_holder",
    "members_of",
    "open_offers",
    "posts_at",
    "receiving_body_id",
    "running_appointments",
    "serving",
    "staff_accounts",
    "staffed_post",
    "staffing_table",
    "standing_in",
    "tally",
    "tally_by_origin",
    "tally_by_post",
    "terms_of",
    "vacancies",
]
