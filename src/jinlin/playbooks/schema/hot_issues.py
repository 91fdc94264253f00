"""Rows about troubles that many have: when they are hot, whose they become, and what is done about them at once."""

from typing import Literal

from pydantic import Field

from jinlin.playbooks.schema.base import CategoryCode, Identifier, Named, Row, Text

Scope = Literal["grid", "estate", "community"]


class HotTask(Row):
    """A piece of work that a hot trouble sets off: for which kind of body, what, within how many days."""

    body: Identifier
    name: Text
    days: int = Field(gt=0, le=366)


class HotRule(Named):
    """When a trouble is hot: `threshold` households, or requests, of one category in one place of `scope` within `days`.

    `category` narrows it to a part of the tree. `body` is the kind of body that it becomes the matter of. It counts
    households and requests, never what a person did.
    """

    scope: Scope
    threshold: int = Field(ge=2)
    days: int = Field(gt=0, le=366)
    counts: Literal["households", "requests"] = "households"
    category: CategoryCode = ""
    body: Identifier
    tasks: tuple[HotTask, ...] = ()
