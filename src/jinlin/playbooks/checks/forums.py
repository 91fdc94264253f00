"""Checks across the rows about forums: everybody whom they name is there, and what they say of votes fits together."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jinlin.playbooks.checks.problems import Problem, missing, repeated, unknown
from jinlin.playbooks.lines import Path
from jinlin.playbooks.schema import Forum, Playbook


def _unique_keys(playbook: Playbook) -> Iterator[Problem]:
    yield from repeated("forum", [row.key for row in playbook.forum])
    for index, row in enumerate(playbook.forum):
        yield from repeated(("forum", index, "sides"), [side.key for side in row.sides])
        yield from repeated(("forum", index, "departments"), [entry.category for entry in row.departments])


def _bodies_are_there(playbook: Playbook) -> Iterator[Problem]:
    yield from unknown(_bodies(playbook), [row.kind for row in playbook.body], "body")


def _bodies(playbook: Playbook) -> Iterator[tuple[Path, str]]:
    for index, row in enumerate(playbook.forum):
        yield from ((("forum", index, "convened_by"), name) for name in row.convened_by)
        for column, parts in (("sides", row.sides), ("departments", row.departments)):
            for number, part in enumerate(parts):
                yield from ((("forum", index, column, number, "bodies"), name) for name in part.bodies)


def _posts_are_there(playbook: Playbook) -> Iterator[Problem]:
    uses: list[tuple[Path, str]] = []
    for index, row in enumerate(playbook.forum):
        uses += [(("forum", index, "guests"), name) for name in row.guests]
        uses += [(("forum", index, "roll"), name) for name in [row.roll] if name]
        uses += [(("forum", index, "sides", i, "post"), side.post) for i, side in enumerate(row.sides) if side.post]
    yield from unknown(uses, [row.key for row in playbook.post], "post")


def _rest_is_there(playbook: Playbook) -> Iterator[Problem]:
    tables = [(("forum", i, "composition"), row.composition) for i, row in enumerate(playbook.forum) if row.composition]
    yield from unknown(tables, [row.key for row in playbook.composition], "composition")
    ties = [
        (("forum", i, "sides", number, "partnership"), side.partnership)
        for i, row in enumerate(playbook.forum)
        for number, side in enumerate(row.sides)
        if side.partnership
    ]
    yield from unknown(ties, [row.key for row in playbook.partnership], "partnership")
    for index, row in enumerate(playbook.forum):
        for number, entry in enumerate(row.departments):
            path = ("forum", index, "departments", number, "category")
            yield from missing(path, "categories", entry.category, playbook.categories.by_code)


CONTRADICTIONS: tuple[tuple[str, Callable[[Forum], bool], str, str], ...] = (
    (
        "sides",
        lambda row: sum((bool(row.composition), bool(row.sides), bool(row.roll))) != 1,
        gettext_noop("%(forum)s does not say who is at the table, or says it twice"),
        gettext_noop("Write one of sides, composition or roll."),
    ),
    (
        "votes",
        lambda row: row.votes == "member" and not row.roll,
        gettext_noop("%(forum)s lets members vote and has no roll of them"),
        gettext_noop("Add a roll, or let sides vote."),
    ),
    (
        "votes",
        lambda row: row.votes in {"side", "body"} and bool(row.roll),
        gettext_noop("%(forum)s has a roll and no sides that could vote"),
        gettext_noop("Write votes = “member”."),
    ),
    (
        "majority",
        lambda row: (row.votes == "none") != (row.majority is None),
        gettext_noop("%(forum)s votes without a majority, or has a majority without votes"),
        gettext_noop("Write both, or neither."),
    ),
    (
        "quorum",
        lambda row: row.votes == "none" and row.quorum is not None,
        gettext_noop("%(forum)s has a quorum and nothing to vote on"),
        gettext_noop("Say who votes, or take the quorum out."),
    ),
    (
        "all_sides",
        lambda row: row.all_sides and bool(row.roll),
        gettext_noop("%(forum)s asks for all sides and has none"),
        gettext_noop("Add sides, or take all_sides out."),
    ),
    (
        "speakers",
        lambda row: row.speakers and not row.roll,
        gettext_noop("%(forum)s has speakers and no roll of them"),
        gettext_noop("Name the post whose holders speak."),
    ),
    (
        "carries_tasks",
        lambda row: row.carries_tasks and row.every_days is None,
        gettext_noop("%(forum)s carries tasks on and is not held again"),
        gettext_noop("Add every_days."),
    ),
)
"""What a forum cannot say at once: the column, when it is so, what is wrong, and what to do about it."""


def _says_no_two_things(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.forum):
        for column, is_so, what, remedy in CONTRADICTIONS:
            if is_so(row):
                yield ("forum", index, column), _(what) % {"forum": row.key}, _(remedy)


def _can_be_reached(playbook: Playbook) -> Iterator[Problem]:
    """A quorum or majority of more than everybody is never reached."""
    for index, row in enumerate(playbook.forum):
        for column, portion in (("quorum", row.quorum), ("majority", row.majority)):
            if portion is not None and portion.more_than == 1:
                what = _("%(forum)s asks for more than everybody") % {"forum": row.key}
                yield ("forum", index, column), what, _("Write at_least = “1” for all.")


def _sides_filled_one_way(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.forum):
        for number, side in enumerate(row.sides):
            ways = sum((bool(side.bodies), side.post is not None, side.partnership is not None))
            if ways != 1:
                what = _("%(part)s is filled in %(ways)s ways") % {"part": side.key, "ways": ways}
                yield ("forum", index, "sides", number), what, _("Write one of bodies, post or partnership.")


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (
    _unique_keys,
    _bodies_are_there,
    _posts_are_there,
    _rest_is_there,
    _says_no_two_things,
    _can_be_reached,
    _sides_filled_one_way,
)
