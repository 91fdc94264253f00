"""Rows about ballots: who votes on what by which method, and which bars a result has to reach."""

from typing import Literal

from pydantic import Field

from jinlin.playbooks.schema.base import Named, Role
from jinlin.playbooks.schema.forums import Portion

Method = Literal["consent", "choose", "appraise"]
Electorate = Literal["households", "owners", "followers"]
Secrecy = Literal["signed", "secret"]


class BallotBar(Portion):
    """A portion, by heads or exclusive area, of the roll or of what was cast.

    `more_than` leaves the number itself out (民法典 art. 1259: 以上 includes the number, 超过 and 过半 do not).
    """

    measure: Literal["heads", "area"] = "heads"
    of: Literal["roll", "cast"] = "cast"


class BallotKind(Named):
    """A kind of ballot: `consent` is yes, no or abstain, `choose` some of several, `appraise` says how something was solved.

    One entry of the roll is a household, the owners of homes together, or whoever follows the matter. With fewer papers cast
    than `participation` asks the result does not stand. An option passes that reaches every bar of `agreement`; in an appraisal
    these are the bars at which “not solved” sends the matter back. `secret` papers bear no voter and are final, `signed` ones
    may be replaced until the end. Nothing is broken down with fewer than `least_shown` papers. `basis` names the law, the
    rules or the decision that it follows.
    """

    method: Method
    electorate: Electorate
    secrecy: Secrecy = "signed"
    called_by: tuple[Role, ...] = Field(min_length=1)
    participation: tuple[BallotBar, ...] = ()
    agreement: tuple[BallotBar, ...] = ()
    days_least: int = Field(default=1, gt=0)
    days_most: int = Field(default=60, gt=0)
    least_shown: int = Field(default=0, ge=0)
    basis: str = ""
