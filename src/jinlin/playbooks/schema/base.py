"""What all rows of a playbook have in common, and the words that several of them use."""

from fractions import Fraction
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

PlaceLevel = Literal[
    "district",
    "subdistrict",
    "community",
    "grid",
    "estate",
    "courtyard",
    "group",
    "neighbours",
    "building",
    "entrance",
    "home",
]
Role = Literal[
    "neighbour_head",
    "grid_member",
    "community_worker",
    "community_secretary",
    "property_manager",
    "subdistrict_officer",
    "district_officer",
    "department_officer",
    "body_member",
    "auditor",
    "administrator",
]

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
CategoryCode = Annotated[str, StringConstraints(pattern=r"^([A-Z][0-9]([0-9]{2})*)?$")]


def _exact(value: object) -> object:
    """A share is written as text ("9/10") or a whole number: a float is refused because it is not exact."""
    if isinstance(value, float):
        raise ValueError(_('write an exact fraction as text, such as "9/10"'))
    return value


def _as_list(value: object) -> object:
    """One name may be written without brackets."""
    return [value] if isinstance(value, str) else value


Identifiers = Annotated[tuple[Identifier, ...], BeforeValidator(_as_list)]
"""One name, or several in the order in which they are tried."""
Share = Annotated[Fraction, BeforeValidator(_exact), Field(ge=0, le=1)]


class Row(BaseModel):
    """A frozen row that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Row):
    """A row that is known by its key and shown by its name."""

    key: Identifier
    name: Text
    name_en: Text
