"""Rows about what is posted for a period, and what an estate gives itself: kinds of public notice and of convention."""

from fractions import Fraction
from typing import Literal

from pydantic import Field

from jinlin.playbooks.schema.base import Named, Share, Text

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


class RequiredClause(Named):
    """A clause without which a draft is not put to the vote; its text holds at least one of the words in `mentions`."""

    mentions: tuple[Text, ...] = Field(min_length=1)
    basis: str = ""


class ConventionKind(Named):
    """A kind of text that an estate gives itself: drafted with the clauses that it needs, open for comments, then voted on.

    Where nobody votes through the platform, a vote on paper passes with `participation` of those entitled and more than
    `agreement` of those who took part, by heads and, where `by_area` is set, by floor area too.
    """

    comment_days: int = Field(default=7, gt=0, le=365)
    participation: Share = Fraction(2, 3)
    agreement: Share = Fraction(1, 2)
    by_area: bool = False
    clause: tuple[RequiredClause, ...] = ()
    basis: str = ""
