"""Rows about bodies: what they consist of, who serves in them, what is put before them, and what is kept about them."""

from typing import Literal

from pydantic import Field

from jinlin.playbooks.schema.base import Identifier, Identifiers, Named, PlaceLevel, Role, Row, Share, Text

BodyGroup = Literal[
    "leadership",
    "branch",
    "self_government",
    "service",
    "team",
    "social",
    "property",
    "owners",
    "unit",
    "government",
    "department",
    "enforcement",
    "utility",
]
ItemKind = Literal["yes_no", "count", "choice", "text"]
PersonalData = Literal["name", "contact", "address", "age_band", "household_size", "service_need", "consent"]


class Body(Row):
    """A kind of body, at places of `level`; `{place}` in the name is filled with the place's name.

    `outside` bodies do not sign in: the desk that dispatches enters their answers. `above` is the kind of body that each
    stands under: the chain by which work goes up and notices come down; of several kinds the first that is there counts.
    A `founded` kind is there at every place of its level as soon as the playbook is adopted; others are founded one by
    one. Where a kind is `single`, a place has at most one of it at a time. `covers` is the kind of place that each looks
    after, each such place in the care of one only. A body stays a proposal until the composition that it `needs` is
    complete.
    """

    kind: Identifier
    group: BodyGroup
    level: PlaceLevel
    name: Text
    short_name: Text
    name_en: Text
    outside: bool = False
    above: Identifiers = ()
    founded: bool = True
    single: bool = True
    covers: PlaceLevel | None = None
    needs: Identifier | None = None


class Post(Named):
    """A post at each of `bodies`, over places of `level`, with the rights of `role` (none: it serves without rights).

    `seats` is the most who hold it at one body and place at a time, `needed` the least at every place of `level`,
    `per_10000_residents` the norm by population. `sources` are where its holders come from. With `consent` it begins when
    its holder accepts, with `filing` when that filing is accepted, with `pledges` once a pledge is published. Nobody holds
    it beside one of the posts `apart_from` at the same place, nor, as `outsider`, at a body where they work. Holders act
    for the body where the post `speaks` for it; heads, helpers and representatives do not.
    """

    role: Role | None = None
    bodies: tuple[Identifier, ...] = Field(min_length=1)
    level: PlaceLevel
    seats: int | None = Field(default=None, gt=0)
    needed: int = Field(default=0, ge=0)
    per_10000_residents: int | None = Field(default=None, gt=0)
    sources: tuple[Named, ...] = ()
    consent: bool = False
    filing: Identifier | None = None
    pledges: bool = False
    apart_from: tuple[Identifier, ...] = ()
    outsider: bool = False
    speaks: bool = True
    term_years: int | None = Field(default=None, gt=0)


class Part(Named):
    """One seat or side at a table: filled by bodies of a kind, by holders of a post (from a source), or by partners.

    At `least` so many are needed, and at `most` so many may be there.
    """

    bodies: tuple[Identifier, ...] = ()
    post: Identifier | None = None
    source: Identifier | None = None
    partnership: Identifier | None = None
    sector: Identifier | None = None
    least: int = Field(default=1, ge=0)
    most: int | None = Field(default=None, gt=0)


class Composition(Named):
    """Who belongs at one table, such as 1+6 or the five-party platform: looked at for a place of `level` or for a body.

    `lead` is the part that leads; the name of a part is what the place calls it.
    """

    level: PlaceLevel | None = None
    body: Identifier | None = None
    lead: Identifier | None = None
    parts: tuple[Part, ...] = Field(min_length=1)


class Partnership(Named):
    """A tie for a time between a unit and a `host`, or between a unit and places of `level`: member unit, backing unit.

    `sectors` name the fields that partners come from.
    """

    units: tuple[Identifier, ...] = Field(min_length=1)
    host: Identifier | None = None
    level: PlaceLevel | None = None
    sectors: tuple[Named, ...] = ()


class Filing(Named):
    """A matter that bodies of the kinds in `by` put before bodies of the kinds in `to`, each of which has to answer.

    Each of `headings` is filled with words. The answer is due within `days` working days. What is `published` is open to
    everybody once it is accepted, and residents comment on it. `holders` are posts whose holders file it themselves, about
    themselves: once a year, or once for each call that it `follows`. A call is published, goes to nobody and stands for
    `days` working days; what follows it is answered by the body that called.
    """

    by: tuple[Identifier, ...] = Field(min_length=1)
    to: tuple[Identifier, ...] = ()
    headings: tuple[Named, ...] = ()
    days: int = Field(default=5, gt=0)
    published: bool = False
    holders: tuple[Identifier, ...] = ()
    follows: Identifier | None = None

    @property
    def is_call(self) -> bool:
        """Whether it goes to nobody: it stands published, and holders of posts follow it."""
        return not self.to and self.follows is None


class TaskKind(Named):
    """A kind of work that a body takes on: given by bodies of the kinds in `by`, or pledged by itself where `by` is empty.

    What is done counts once a body of `confirmed_by` says so, where that is not empty, and never by the doer's own word.
    Nobody may give it to bodies of the kinds in `barred_for`.
    """

    by: tuple[Identifier, ...] = ()
    confirmed_by: tuple[Identifier, ...] = ()
    barred_for: tuple[Identifier, ...] = ()


class Item(Named):
    """One column of a sheet; `evidence` says that a change of it needs proof."""

    kind: ItemKind = "yes_no"
    choices: tuple[Named, ...] = ()
    evidence: bool = False


class Sheet(Named):
    """A sheet (台账) that is kept about places of `level`, about `bodies` or about holders of `posts`, each change dated.

    `slot` names the slot whose entries are items too, numbered where the place has not named them.
    """

    level: PlaceLevel | None = None
    bodies: tuple[Identifier, ...] = ()
    posts: tuple[Identifier, ...] = ()
    items: tuple[Item, ...] = ()
    slot: Identifier | None = None


class Definition(Named):
    """A named reading of a sheet: it fits a subject of which none of the items `absent` is there."""

    sheet: Identifier
    absent: tuple[Identifier, ...] = Field(min_length=1)


class GridDuty(Named):
    """A duty of a department that is met in the grid; without an owner, a legal basis and a purpose there is none.

    `personal_data` says which data of a person it needs; where somebody goes, whom they meet and what they believe is not
    among what can be said. It may never be to watch persons.
    """

    owner: Identifier
    function: Text
    basis: Text
    purpose: Text
    personal_data: tuple[PersonalData, ...] = ()
    every_days: int | None = Field(default=None, gt=0)


class Entitlement(Named):
    """Money that a body of the kind is entitled to, once or each year; integer fen."""

    body: Identifier
    amount_fen: int = Field(gt=0)
    per: Literal["once", "year"]


class Norms(Row):
    """The numbers that a place works by, beside those that stand with what they measure.

    A wish is checked within `wish_check_days` working days, and goes back to the wall after `wish_claim_days` without a
    result; one person leads at most `wishes_claimed_most` at a time. `pairs_most` is how many residents one helper supports
    at a time, each for at most `pair_days_most`. A call-back that reached nobody on `call_back_attempts` days is not valid.
    One person says at most `statements_most` in a conversation, and is shown `statements_a_sitting` at a time; statements are
    looked at before or after they are shown, as `statements_checked` says.
    """

    visits_a_week_least: int = Field(default=5, gt=0)
    visits_a_week_most: int = Field(default=10, gt=0)
    vacancy_alert_days: int = Field(default=7, gt=0)
    unit_reports_active_days: int = Field(default=365, gt=0)
    committee_member_share_least: Share | None = None
    wish_check_days: int = Field(default=2, gt=0)
    wish_claim_days: int = Field(default=14, gt=0)
    wish_cost_most_fen: int = Field(default=50_000, gt=0)
    wishes_open_most: int = Field(default=3, gt=0)
    wishes_claimed_most: int = Field(default=3, gt=0)
    pairs_most: int = Field(default=3, gt=0)
    pair_days_most: int = Field(default=365, gt=0)
    call_back_attempts: int = Field(default=3, gt=0)
    statements_most: int = Field(default=10, gt=0)
    statements_a_sitting: int = Field(default=10, gt=0)
    statements_checked: Literal["before", "after"] = "before"
