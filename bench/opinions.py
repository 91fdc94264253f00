"""`python -m bench.opinions`: opinion groups beside red-dwarf 0.4.0, which gets an environment of its own for the while.

On real conversations, agreement is the adjusted Rand index with the groups that the exports themselves name; neither sees
those. On synthetic ones, three camps lean to a side of each statement, and everybody votes on 25.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from bench.beside import environment_with, run_there
from bench.tables import print_table, timed
from jinlin.algorithms.opinions import Opinions, Votes, find_opinions, gather_votes, refined
from tests.support import polis
from tests.support.shared import shared_folder

REFERENCE = "red-dwarf==0.4.0"
SYNTHETIC = ((20_000, 300), (50_000, 500))
VOTES_EACH, CAMPS, NOISE = 25, 3, 0.7
MOST_FOR_REFERENCE = 500_000
HEADS = ("conversation", "participants", "votes", "CPU s", "red-dwarf", "ratio", "agreement", "red-dwarf", "groups")


class Case(NamedTuple):
    """A conversation, real or not, with the groups that are known of it, by participant; -1 where none is."""

    name: str
    real: bool
    votes: Votes
    shown: NDArray[np.bool_]
    known: NDArray[np.int64]


class Found(NamedTuple):
    """What was found in a conversation: groups by participant (-1 for none), and how long it took."""

    group: NDArray[np.int64]
    seconds: float


def main() -> None:
    """Measure and print the table, and the time of one more vote."""
    parser = argparse.ArgumentParser(prog="python -m bench.opinions", description=__doc__)
    parser.add_argument("--alone", action="store_true", help="leave the reference out")
    alone = parser.parse_args().alone
    cases = [*_real(), *(_synthetic(*size) for size in SYNTHETIC)]
    _ours(cases[0])
    if alone:
        _compare(cases, None)
    else:
        with environment_with(REFERENCE) as python:
            _compare(cases, python)
    _one_more_vote(_synthetic(*SYNTHETIC[0]))


def _compare(cases: list[Case], python: Path | None) -> None:
    rows, agreements = [], []
    for case in cases:
        ours = _ours(case)
        theirs = _theirs(case, python) if python and len(case.votes.vote) <= MOST_FOR_REFERENCE else None
        agreed = [_agreement(case, found) for found in (ours, theirs)]
        if case.real:
            agreements.append(agreed)
        rows.append(_row(case, ours, theirs, agreed))
    print_table("Opinion groups; CPU seconds are medians of 3 runs, of red-dwarf of one in the large case", HEADS, rows)
    if agreements:
        means = [f"{np.mean([one[who] for one in agreements]):.3f}" for who in (0, 1) if agreements[0][who] is not None]
        sys.stdout.write(f"Mean agreement over {len(agreements)} conversations: {', red-dwarf '.join(means)}\n")


def _row(case: Case, ours: Found, theirs: Found | None, agreed: list[float | None]) -> tuple[object, ...]:
    sizes = np.bincount(ours.group[ours.group >= 0]).tolist()
    peer = (f"{theirs.seconds:.2f}", f"{ours.seconds / theirs.seconds:.3f}") if theirs else ("", "")
    numbers = (case.votes.participants, len(case.votes.vote), f"{ours.seconds:.3f}")
    return (case.name, *numbers, *peer, *("" if one is None else f"{one:.3f}" for one in agreed), sizes)


def _real() -> Iterator[Case]:
    """Yield the real conversations that lie beside the project."""
    folder = shared_folder()
    for path in sorted((folder / "polis").iterdir() if folder else ()):
        if path.is_dir():
            held = polis.read_export(path)
            yield Case(path.name[:30], True, held.votes, held.shown, held.known)


def _synthetic(participants: int, statements: int) -> Case:
    random = np.random.default_rng([1, participants, statements])
    statement = np.argsort(random.random((participants, statements)), axis=1)[:, :VOTES_EACH].ravel()
    participant = np.repeat(np.arange(participants), VOTES_EACH)
    camp = random.integers(CAMPS, size=participants)
    leaning = random.normal(size=(CAMPS, statements))[camp[participant], statement]
    vote = np.clip(np.round(leaning + random.normal(0, NOISE, len(leaning))), -1, 1).astype(np.int64)
    votes = gather_votes(participant, statement, vote, participants, statements)
    return Case(f"Synthetic {participants:,} × {statements}", False, votes, np.ones(statements, bool), camp)


def _opinions(case: Case) -> Opinions:
    """Return the opinions with all that is shown of them, from votes in any order."""
    held = case.votes
    votes = gather_votes(held.participant, held.statement, held.vote, held.participants, held.statements)
    found = find_opinions(votes, case.shown)
    found.landscape.standing()
    return found


def _ours(case: Case) -> Found:
    found, seconds = timed(lambda: _opinions(case))
    return Found(found.group, seconds)


def _theirs(case: Case, python: Path) -> Found:
    repeats = 3 if len(case.votes.vote) < MOST_FOR_REFERENCE else 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.npz"
        held = {name: getattr(case.votes, name) for name in ("participant", "statement", "vote")}
        np.savez(path, **held, shown=case.shown)
        outcome = run_there(python, "opinions_by_reddwarf.py", path, repeats)
    group = np.full(case.votes.participants, -1)
    for participant, number in outcome["group"].items():
        group[int(participant)] = number
    return Found(group, outcome["seconds"])


def _agreement(case: Case, found: Found | None) -> float | None:
    """Return the adjusted Rand index over those who are in a group here and there."""
    if found is None:
        return None
    both = (case.known >= 0) & (found.group >= 0)
    return float(adjusted_rand_score(case.known[both], found.group[both]))


def _one_more_vote(case: Case) -> None:
    opinions = find_opinions(case.votes, case.shown)
    mine = slice(0, VOTES_EACH)
    before = case.votes.statement[mine], case.votes.vote[mine]
    after = before[0], -before[1]
    _standing, seconds = timed(lambda: refined(opinions, 0, before, after).landscape.standing(), repeats=9)
    sys.stdout.write(
        f"One more vote among {case.votes.participants:,}: {1000 * seconds:.1f} ms until the figures are new\n"
    )


if __name__ == "__main__":
    main()
