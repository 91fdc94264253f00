"""Keeps a landscape of opinions as JSON beside its conversation, and reads it again."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from jinlin.algorithms.opinions import Landscape, Plane

Votes = list[tuple[int, int]]
"""(statement id, vote) of one participant."""


@dataclass(frozen=True)
class Kept:
    """A landscape with the ids of its statements and how many people each group has."""

    landscape: Landscape
    statements: list[int]
    sizes: list[int]

    def group_of(self, votes: Votes) -> int | None:
        """Return the group of somebody with these votes, None for none."""
        found = self.landscape.group_of(*self._placed(votes))
        return None if found < 0 else found

    def moved(self, was: tuple[int | None, Votes], now: tuple[int | None, Votes]) -> "Kept":
        """Return it with one participant's group and votes counted out as they were and in as they are."""
        landscape, sizes = self.landscape, list(self.sizes)
        for (group, votes), step in ((was, -1), (now, 1)):
            if group is not None:
                landscape = landscape.counted(group, *self._placed(votes), step)
                sizes[group] += step
        return replace(self, landscape=landscape, sizes=sizes)

    def _placed(self, votes: Votes) -> tuple[list[int], list[int]]:
        place = {statement: number for number, statement in enumerate(self.statements)}
        known = [(place[statement], vote) for statement, vote in votes if statement in place]
        return [statement for statement, _vote in known], [vote for _statement, vote in known]


def as_json(kept: Kept) -> dict[str, Any]:
    """Return what `from_json` reads."""
    landscape = kept.landscape
    return {
        "statements": kept.statements,
        "sizes": kept.sizes,
        "mean": landscape.plane.mean.tolist(),
        "axes": landscape.plane.axes.tolist(),
        "centres": landscape.centres.tolist(),
        "silhouette": landscape.silhouette,
        "counts": landscape.counts.tolist(),
        "shown": landscape.shown.tolist(),
    }


def from_json(held: dict[str, Any]) -> Kept | None:
    """Return the landscape that was kept; None where there is none yet."""
    if not held:
        return None
    shown = np.array(held["shown"], bool)
    plane = Plane(np.array(held["mean"]), np.array(held["axes"]).reshape(-1, 2), int(shown.sum()))
    counts = np.array(held["counts"], np.int64).reshape(3, len(held["sizes"]), len(shown))
    landscape = Landscape(plane, np.array(held["centres"]), held["silhouette"], counts, shown)
    return Kept(landscape, held["statements"], held["sizes"])
