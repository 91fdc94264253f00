"""Rows about what is posted for a period: the kinds of public notice."""

from typing import Literal

from pydantic import Field

from jinlin.playbooks.schema.base import Named

NoticeChannel = Literal["online", "paper"]


class NoticeKind(Named):
    """A kind of public notice: it is posted for `least_days` at least, counted in `unit`, through all its `channels`.

    `names` says that persons are named in it as a matter of course, such as candidates; each name is confirmed all the same.
    `basis` is the rule behind the period.
    """

    least_days: int = Field(gt=0, le=365)
    unit: Literal["natural_days", "working_days"] = "natural_days"
    channels: tuple[NoticeChannel, ...] = Field(default=("online", "paper"), min_length=1)
    names: bool = False
    basis: str = ""
