"""Rows about lists whose items are taken on one by one."""

from typing import Literal

from pydantic import Field

from jinlin.playbooks.schema.base import Identifier, Named, Text


class ListKind(Named):
    """A kind of list at places of `level`, such as problems of an estate; `item` is what one line of it is called.

    Its items answer items of the kinds in `answers`, at least one of them where it is `linked`. An item that nobody has
    taken on after `claim_days` becomes a to-do (0: never). Neighbours order and support the items of a `supported` kind,
    from the `catalogue` or freely.
    """

    level: Literal["estate", "community"] = "community"
    item: Text
    item_en: Text
    answers: tuple[Identifier, ...] = ()
    linked: bool = False
    claim_days: int = Field(default=7, ge=0)
    supported: bool = False
    catalogue: tuple[Named, ...] = ()
