"""Rows about proposals: who brings matters forward, where they are asked about, and how soon there is an answer."""

from pydantic import Field

from jinlin.playbooks.schema.base import Identifier, Named, Row


class Proposer(Named):
    """A kind of proposer: residents speak for themselves, who says so is a member or a delegate, others act for a body.

    Where `bodies` are named, whoever proposes acts for a body of one of these kinds.
    """

    bodies: tuple[Identifier, ...] = ()


class Proposals(Row):
    """How proposals are handled: the `forums` in which they are asked about, and the working days for screening and answer."""

    forums: tuple[Identifier, ...] = ()
    screening_days: int = Field(default=5, gt=0)
    answer_days: int = Field(default=30, gt=0)
