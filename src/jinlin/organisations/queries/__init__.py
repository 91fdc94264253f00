"""Reads of bodies, posts and duties that more than one screen needs, one module per noun."""

from jinlin.organisations.queries.accounts import staff_accounts
from jinlin.organisations.queries.duties import INTAKE, duties_at, receiving_body_id
from jinlin.organisations.queries.posts import (
    grants_of,
    holders_of,
    members_of,
    posts_at,
    running_appointments,
    terms_of,
)

__all__ = [
    "INTAKE",
    "duties_at",
    "grants_of",
    "holders_of",
    "members_of",
    "posts_at",
    "receiving_body_id",
    "running_appointments",
    "staff_accounts",
    "terms_of",
]
