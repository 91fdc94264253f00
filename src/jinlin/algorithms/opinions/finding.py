"""From votes to opinion groups, and from one more vote to the same picture brought up to date."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linear_sum_assignment

from jinlin.algorithms.arrays import Flags, Numbers, Reals
from jinlin.algorithms.opinions.clustering import LEAST_MEMBERS, Grouping, find_groups, nearest
from jinlin.algorithms.opinions.plane import Plane, lay_out
from jinlin.algorithms.opinions.standing import Standing, count_by_group, standing
from jinlin.algorithms.opinions.votes import AGREE, DISAGREE, Votes

LEAST_VOTES = 7
NO_GROUP = -1


@dataclass(frozen=True)
class Landscape:
    """What is known of the groups without anybody in it: enough to tell where somebody belongs and to count one vote more.

    `centres` (groups, 2); `counts` (3, groups, statements) who agree, disagree and have seen; `shown` and `plane` cover all
    statements.
    """

    plane: Plane
    centres: Reals
    silhouette: float
    counts: Numbers
    shown: Flags

    def standing(self) -> Standing:
        """Return what represents each group and what all share."""
        return standing(self.counts, self.shown)

    def group_of(self, statement: ArrayLike, vote: ArrayLike) -> int:
        """Return to which group somebody with these votes on distinct statements belongs, -1 with too few votes."""
        seen, given = self.on_shown(statement, vote)
        if len(seen) < least_votes(int(self.shown.sum())):
            return NO_GROUP
        return int(nearest(self.plane.place(seen, given)[None], self.centres)[0])

    def counted(self, group: int, statement: ArrayLike, vote: ArrayLike, step: int) -> Landscape:
        """Return the landscape with the votes of a member of a group counted in (`step` 1) or out (-1)."""
        counts, (seen, given) = self.counts.copy(), self.on_shown(statement, vote)
        if group != NO_GROUP:
            counts[0, group, seen[given == AGREE]] += step
            counts[1, group, seen[given == DISAGREE]] += step
            counts[2, group, seen] += step
        return replace(self, counts=counts)

    def on_shown(self, statement: ArrayLike, vote: ArrayLike) -> tuple[Numbers, Numbers]:
        """Return those of the votes that are on statements which are shown."""
        seen, given = np.asarray(statement, np.int64), np.asarray(vote, np.int64)
        kept = self.shown[seen]
        return seen[kept], given[kept]


@dataclass(frozen=True)
class Opinions:
    """Groups of participants with what each holds, numbered by falling size.

    `place` (participants, 2) and `group` (participants) tell where each participant lies and belongs, -1 for those with too
    few votes.
    """

    landscape: Landscape
    place: Reals
    group: Numbers

    @property
    def sizes(self) -> Numbers:
        """How many participants each group has."""
        return np.bincount(self.group[self.group >= 0], minlength=len(self.landscape.centres))


def least_votes(shown: int) -> int:
    """Return how many votes somebody needs to be put into a group, with so many statements shown."""
    return min(LEAST_VOTES, -(-shown // 2))


def find_opinions(
    votes: Votes, shown: Flags, before: Numbers | None = None, *, least_members: int = LEAST_MEMBERS
) -> Opinions:
    """Return the opinion groups, each of at least so many members, of the votes on the statements that are shown.

    With `before`, the group of each participant when groups were last looked for (-1 for none), groups keep their numbers
    where most of their members stay, and another division must be clearly better than the one that goes on from there.

    Raises:
        ValueError: when nobody has voted on a statement that is shown.
    """
    counted = votes.on(shown)
    if not len(counted.vote):
        raise ValueError("Nobody has voted on a statement that is shown.")
    columns = np.flatnonzero(shown)
    number = np.cumsum(shown) - 1
    plane, place = lay_out(counted._replace(statement=number[counted.statement], statements=len(columns)))
    enough = counted.per_participant() >= least_votes(len(columns))
    found = find_groups(place[enough], None if before is None else before[enough], least=least_members)
    group = np.full(votes.participants, NO_GROUP)
    group[enough] = found.group
    if before is not None:
        found, group = _numbered_as(before, found, group)
    counts = count_by_group(counted, group, len(found.centres))
    landscape = Landscape(_widened(plane, shown), found.centres, found.silhouette, counts, shown)
    return Opinions(landscape, place, group)


def refined(
    opinions: Opinions, participant: int, before: tuple[ArrayLike, ArrayLike], after: tuple[ArrayLike, ArrayLike]
) -> Opinions:
    """Return the opinions after the votes of one participant changed, each given as (distinct statements, votes).

    Axes and centres stay as they were found; the participant's place, group and the counts are those of the new votes. A
    participant numbered one above the last is new.
    """
    known = participant < len(opinions.group)
    place = opinions.place.copy() if known else np.vstack([opinions.place, np.zeros(2)])
    group = opinions.group.copy() if known else np.r_[opinions.group, NO_GROUP]
    landscape = opinions.landscape.counted(int(group[participant]), *before, -1)
    place[participant] = landscape.plane.place(*landscape.on_shown(*after))
    group[participant] = landscape.group_of(*after)
    return Opinions(landscape.counted(int(group[participant]), *after, 1), place, group)


def _widened(plane: Plane, shown: Flags) -> Plane:
    """Return the plane over all statements; those that are not shown weigh nothing."""
    mean, axes = np.zeros(len(shown)), np.zeros((len(shown), plane.axes.shape[1]))
    mean[shown], axes[shown] = plane.mean, plane.axes
    return Plane(mean, axes, int(shown.sum()))


def _numbered_as(before: Numbers, found: Grouping, group: Numbers) -> tuple[Grouping, Numbers]:
    """Give groups the numbers under which most of their members were known; the others follow by size."""
    groups = len(found.centres)
    both = (before >= 0) & (group >= 0)
    together = np.zeros((max(int(before.max(initial=NO_GROUP)) + 1, groups), groups), np.int64)
    np.add.at(together, (before[both], group[both]), 1)
    old, new = linear_sum_assignment(together, maximize=True)
    order = new[np.argsort(old, kind="stable")]
    rank = np.empty(groups, np.int64)
    rank[order] = np.arange(groups)
    renumbered = np.where(group >= 0, rank[group], NO_GROUP)
    return found._replace(group=rank[found.group], centres=found.centres[order]), renumbered
