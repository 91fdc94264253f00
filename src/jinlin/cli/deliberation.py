"""Commands about deliberation; opinion groups are found in files alone and need no database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Annotated, Any

import numpy as np
import typer

from jinlin.algorithms.arrays import Flags
from jinlin.cli.columns import Columns, read_columns, seconds_since
from jinlin.cli.speech import answer, refuse, say

app = typer.Typer(help="Deliberation: what people think together and apart.", no_args_is_help=True)

COMMENTS, VOTES, MATRIX = "comments.csv", "votes.csv", "participants-votes.csv"
MODERATED_OUT = "-1"
SIDES = {1: "agree", -1: "disagree"}
VOTE_REMEDY = "A vote is 1 (agree), 0 (pass) or -1 (disagree)."


@dataclass(frozen=True)
class Export:
    """A conversation as its files have it: statements in order, which of them are shown, people in order, and votes."""

    statements: list[str]
    shown: Flags
    people: list[str]
    votes: Any


@app.callback()
def deliberation() -> None:
    """Deliberation: what people think together and apart."""


@app.command("opinion-groups")
def find_opinion_groups(
    folder: Annotated[Path, typer.Argument(help=f"A Polis export: {COMMENTS}, and {VOTES} or {MATRIX}; also .gz.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Find groups of people who vote alike on statements, what represents each of them, and what all share."""
    # SciPy takes a moment to load, which no other command shall wait for.
    from jinlin.algorithms.opinions import find_opinions

    start = process_time()
    export = _read(folder)
    load_s, start = seconds_since(start), process_time()
    try:
        opinions = find_opinions(export.votes, export.shown)
    except ValueError as error:
        refuse(f"{folder}: {error} Give an export with votes on statements that are not moderated out.")
    standing = opinions.landscape.standing()
    cpu_s = seconds_since(start)
    figures = _counted(export) | {"ungrouped": int((opinions.group < 0).sum())}
    figures["silhouette"] = round(opinions.landscape.silhouette, 4)
    figures["groups"] = [
        {
            "id": number,
            "size": size,
            "members": [export.people[place] for place in np.flatnonzero(opinions.group == number)],
            "representative": [_weighed(export, one, "repness") for one in standing.representative[number]],
        }
        for number, size in enumerate(opinions.sizes.tolist())
    ]
    figures["consensus"] = [
        _weighed(export, one, "consensus") | {"groups": _by_group(opinions.landscape.counts[:, :, one.statement])}
        for one in standing.shared
    ]
    figures |= {"load_s": load_s, "cpu_s": cpu_s}
    answer(figures if as_json else _for_a_person(figures), as_json=as_json)


def _weighed(export: Export, one: Any, worth: str) -> dict[str, Any]:
    counts = {"agree": one.agree, "disagree": one.disagree, "seen": one.seen}
    return {"statement": export.statements[one.statement], "side": SIDES[one.side], **counts, worth: one.least}


def _by_group(counts: Any) -> list[dict[str, int]]:
    return [dict(zip(("agree", "disagree", "seen"), group, strict=True)) for group in counts.T.tolist()]


def _counted(export: Export) -> dict[str, Any]:
    voted = int((export.votes.per_participant() > 0).sum())
    if silent := len(export.people) - voted:
        say(f"{silent} participants have no votes; they are in no group.")
    return {
        "participants": voted,
        "statements": len(export.statements),
        "moderated_out": int((~export.shown).sum()),
        "votes": len(export.votes.vote),
    }


def _read(folder: Path) -> Export:
    """Return the conversation in a folder; who is in which group of the export itself is not read."""
    if not folder.is_dir():
        refuse(f"{folder}: there is no such folder. Give the folder of a Polis export.")
    comments = read_columns(_found(folder, COMMENTS), {"comment-id": ()}, optional=("moderated",))
    known = comments.ids("comment-id")
    if not known:
        refuse(f"{comments.path}: There are no statements. Give an export of a conversation that has begun.")
    votes = _file(folder, VOTES)
    read = _read_votes(votes, known) if votes else _read_matrix(_found(folder, MATRIX, VOTES), known)
    return Export(list(known), _shown(comments), *read)


def _file(folder: Path, name: str) -> Path | None:
    return next((path for path in (folder / name, folder / f"{name}.gz") if path.is_file()), None)


def _found(folder: Path, name: str, other: str = "") -> Path:
    path = _file(folder, name)
    if path is None:
        names = f"{other} or {name}" if other else name
        refuse(f"{folder}: there is no {names}. Put the file there, packed as .gz or not.")
    return path


def _shown(comments: Columns) -> Flags:
    cells = comments.cells.get("moderated", ["1"] * len(comments))
    for row, text in enumerate(cells):
        if text not in {"", "0", "1", MODERATED_OUT}:
            comments.blame(
                row, "moderated", f"“{text[:40]}” is not known. Write 1 (shown), 0 (not looked at) or -1 (out)."
            )
    return np.array([text != MODERATED_OUT for text in cells])


def _read_votes(path: Path, known: Mapping[str, int]) -> tuple[list[str], Any]:
    """Return people and votes of a file with a line for each vote; of several on one statement the latest counts."""
    lines = read_columns(path, {"comment-id": (), "voter-id": (), "vote": ()}, optional=("timestamp",))
    vote = lines.whole_numbers("vote", least=-1, most=1, remedy=VOTE_REMEDY)
    order = np.arange(len(lines))
    if "timestamp" in lines.cells:
        when = lines.whole_numbers("timestamp", least=0, remedy="Write the milliseconds since 1970.")
        order = np.argsort(when, kind="stable")
    statement = np.array([known.get(cell, -1) for cell in lines.cells["comment-id"]], np.int64)
    if gone := int((statement < 0).sum()):
        say(f"{gone} votes are on statements that {COMMENTS} does not have; they do not count.")
    place: dict[str, int] = {}
    person = np.array([place.setdefault(cell, len(place)) for cell in lines.cells["voter-id"]], np.int64)
    kept = order[statement[order] >= 0]
    return list(place), _gathered(person[kept], statement[kept], vote[kept], len(place), len(known))


def _read_matrix(path: Path, known: Mapping[str, int]) -> tuple[list[str], Any]:
    """Return people and votes of a file with a line for each participant and a column for each statement."""
    lines = read_columns(path, {"participant": ()}, optional=known)
    people = lines.ids("participant")
    if gone := [header for header in lines.others if header.isdecimal()]:
        say(f"{len(gone)} columns are of statements that {COMMENTS} does not have; their votes do not count.")
    found = list(_cells(lines, known))
    person, statement, vote = np.array(found, np.int64).reshape(-1, 3).T
    return list(people), _gathered(person, statement, vote, len(people), len(known))


def _cells(lines: Columns, known: Mapping[str, int]) -> Iterator[tuple[int, int, int]]:
    values = {"1": 1, "0": 0, "-1": -1}
    for name in (name for name in known if name in lines.cells):
        for row, text in enumerate(lines.cells[name]):
            if text in values:
                yield row, known[name], values[text]
            elif text:
                lines.blame(row, name, f"“{text[:40]}” is no vote. {VOTE_REMEDY} Nobody was asked: leave it empty.")


def _gathered(person: Any, statement: Any, vote: Any, people: int, statements: int) -> Any:
    from jinlin.algorithms.opinions import gather_votes

    return gather_votes(person, statement, vote, people, statements)


def _for_a_person(figures: dict[str, Any]) -> dict[str, Any]:
    """Return sizes and the first statements instead of all members."""
    groups = [f"{group['size']} ({_listed(group['representative'])})" for group in figures["groups"]]
    return figures | {"groups": "; ".join(groups), "consensus": _listed(figures["consensus"])}


def _listed(statements: list[dict[str, Any]]) -> str:
    return ", ".join(f"{one['side']} {one['statement']}" for one in statements) or "nothing"
