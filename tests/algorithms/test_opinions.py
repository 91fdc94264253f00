"""Opinion groups: they are found where they are, stay where somebody comes late, and few votes never lead."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, silhouette_score

from jinlin.algorithms.opinions import AGREE, DISAGREE, Opinions, Votes, find_opinions, gather_votes, refined, standing
from jinlin.algorithms.opinions.clustering import LEAST_MEMBERS, MOST_GROUPS, find_groups
from jinlin.algorithms.opinions.plane import lay_out
from jinlin.algorithms.opinions.standing import count_by_group, least_share
from tests.support import polis

REFERENCE_AGREEMENT = 0.551
"""Mean adjusted Rand index of red-dwarf 0.4.0 on the shared conversations; `python -m bench.opinions` measures it anew."""

seeds = st.integers(0, 2**32 - 1)


def camps(
    seed: int, sizes: tuple[int, ...], statements: int = 40, seen: int = 20, noise: float = 0.5
) -> tuple[Votes, list[int]]:
    """Return votes of camps that lean to a side of each statement, and the camp of each participant."""
    random = np.random.default_rng(seed)
    camp = np.repeat(np.arange(len(sizes)), sizes)
    lean = np.where(np.arange(statements) * len(sizes) // statements == np.arange(len(sizes))[:, None], 1.0, -1.0)
    statement = np.argsort(random.random((len(camp), statements)), axis=1)[:, :seen].ravel()
    participant = np.repeat(np.arange(len(camp)), seen)
    vote = np.clip(np.round(lean[camp[participant], statement] + random.normal(0, noise, len(statement))), -1, 1)
    return gather_votes(participant, statement, vote, len(camp), statements), camp.tolist()


def found(votes: Votes, before: np.ndarray | None = None) -> Opinions:
    return find_opinions(votes, np.ones(votes.statements, bool), before)


def joined(votes: Votes, statement: list[int], vote: list[int]) -> Votes:
    """Return the votes with those of one more participant."""
    who = np.r_[votes.participant, np.full(len(statement), votes.participants)]
    return gather_votes(
        who, np.r_[votes.statement, statement], np.r_[votes.vote, vote], votes.participants + 1, votes.statements
    )


@settings(max_examples=25, deadline=None)
@given(seeds, st.lists(st.integers(12, 60), min_size=2, max_size=3))
def test_camps_are_found(seed: int, sizes: list[int]):
    votes, camp = camps(seed, tuple(sizes))
    opinions = found(votes)
    assert adjusted_rand_score(camp, opinions.group) > 0.9
    assert opinions.sizes.tolist() == sorted(opinions.sizes.tolist(), reverse=True)


@settings(max_examples=20, deadline=None)
@given(seeds, st.lists(st.sampled_from((-1, 0, 1)), min_size=7, max_size=40))
def test_one_late_voter_overturns_nothing(seed: int, row: list[int]):
    votes, _camp = camps(seed, (30, 45))
    first = found(votes)
    more = joined(votes, list(range(len(row))), row)
    for then in (found(more), found(more, np.r_[first.group, -1])):
        assert adjusted_rand_score(first.group, then.group[:-1]) > 0.9
        assert then.sizes.min() >= LEAST_MEMBERS


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(2, 40), st.integers(1, 12))
def test_the_same_votes_in_any_order_give_the_same_groups(seed: int, participants: int, statements: int):
    random = np.random.default_rng(seed)
    seen = min(8, statements)
    votes, _camp = camps(seed, (participants,), statements, seen, noise=2.0)
    opinions, order = found(votes), random.permutation(len(votes.vote))
    shuffled = (votes.participant[order], votes.statement[order], votes.vote[order])
    again = found(gather_votes(*shuffled, votes.participants, votes.statements))
    assert (again.group == opinions.group).all()
    assert (again.place == opinions.place).all()
    assert len(opinions.sizes) <= MOST_GROUPS
    assert opinions.sizes.sum() == (votes.per_participant() >= min(7, -(-statements // 2))).sum()


@given(st.integers(0, 5))
def test_too_few_people_are_one_group(participants: int):
    points = np.arange(2.0 * participants).reshape(-1, 2)
    grouping = find_groups(points)
    assert grouping.group.tolist() == [0] * participants
    assert len(grouping.centres) == 1


@settings(max_examples=30, deadline=None)
@given(seeds, st.integers(6, 80))
def test_no_group_is_tiny_even_with_somebody_far_off(seed: int, count: int):
    points = np.random.default_rng(seed).normal(size=(count, 2))
    points[0] = 100, 100
    grouping = find_groups(points)
    sizes = np.bincount(grouping.group)
    assert sizes.sum() == count
    assert len(sizes) == 1 or sizes.min() >= LEAST_MEMBERS


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_the_silhouette_of_cells_is_nearly_that_of_points(seed: int):
    random = np.random.default_rng(seed)
    points = random.normal(size=(600, 2)) + np.repeat([[0, 0], [6, 1]], 300, axis=0)
    grouping = find_groups(points)
    assert grouping.silhouette == pytest.approx(silhouette_score(points, grouping.group), abs=0.03)


def test_a_cloud_without_groups_is_not_cut_into_many():
    points = np.random.default_rng(5).uniform(-1, 1, (2_000, 2))
    assert len(find_groups(points).centres) == 2


@pytest.mark.parametrize("statements", [5, 40, 150])
def test_the_axes_are_those_of_the_dense_matrix(statements: int):
    votes, _camp = camps(3, (40, 60), statements, seen=statements // 2, noise=1.0)
    plane, place = lay_out(votes)
    dense = np.full((votes.participants, votes.statements), np.nan)
    dense[votes.participant, votes.statement] = votes.vote
    centred = np.nan_to_num(dense - np.nanmean(dense, axis=0))
    # Everybody has as many votes here, so the weights are all the same.
    _left, _values, axes = np.linalg.svd(centred, full_matrices=False)
    assert np.abs(plane.axes.T @ axes[:2].T) == pytest.approx(np.eye(2), abs=1e-6)
    mine = votes.participant == 7
    assert plane.place(votes.statement[mine], votes.vote[mine]) == pytest.approx(place[7])


def test_votes_say_who_what_and_how():
    votes = gather_votes([1, 0, 1], [0, 1, 0], [1, 0, -1], 2, 2)
    assert votes.participant.tolist() == [0, 1]
    assert votes.vote.tolist() == [0, -1], "the last of several counts"
    for wrong in (([0], [0], [2]), ([0], [0, 1], [1]), ([2], [0], [1]), ([0], [-1], [1])):
        with pytest.raises(ValueError, match="vote"):
            gather_votes(*wrong, 2, 2)
    with pytest.raises(ValueError, match="Nobody has voted"):
        find_opinions(votes, np.zeros(2, bool))


def test_statements_that_are_not_shown_play_no_part():
    votes, _camp = camps(1, (20, 30))
    shown = np.arange(votes.statements) % 4 > 0
    opinions = find_opinions(votes, shown)
    without = find_opinions(votes.on(shown), shown)
    assert (opinions.group == without.group).all()
    stood = opinions.landscape.standing()
    listed = [one.statement for ones in (*stood.representative, stood.shared) for one in ones]
    assert listed
    assert shown[[*listed, *stood.dividing]].all()


def test_few_votes_never_lead():
    counts = np.zeros((3, 2, 4), np.int64)
    counts[2] = [[60, 2, 60, 60], [60, 2, 60, 60]]
    counts[0] = [[50, 2, 55, 10], [5, 0, 52, 20]]
    counts[1] = [[5, 0, 2, 45], [50, 2, 3, 20]]
    stood = standing(counts, np.ones(4, bool))
    assert [(one.statement, one.side) for one in stood.representative[0]] == [(0, AGREE), (3, DISAGREE)]
    assert [(one.statement, one.side) for one in stood.representative[1]] == [(0, DISAGREE)]
    assert [one.statement for one in stood.shared] == [2]
    assert stood.dividing[0] == 0
    assert stood.shared[0].seen == 120


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_least_share_lies_below_and_nears_the_share(count: int, more: int):
    of = count + more
    least = least_share(np.array([count, 50 * count]), np.array([of, 50 * of]))
    assert 0 <= least[0] <= (count / of if of else 0) + 1e-12
    assert least[1] >= least[0] - 1e-12


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(0, 50), st.lists(st.sampled_from((-1, 0, 1)), min_size=1, max_size=40))
def test_one_more_vote_gives_the_figures_of_counting_anew(seed: int, participant: int, row: list[int]):
    votes, _camp = camps(seed, (20, 30))
    opinions = found(votes)
    mine = votes.participant == participant
    then = refined(opinions, participant, (votes.statement[mine], votes.vote[mine]), (list(range(len(row))), row))
    kept = ~mine
    anew = gather_votes(
        np.r_[votes.participant[kept], np.full(len(row), participant)],
        np.r_[votes.statement[kept], np.arange(len(row))],
        np.r_[votes.vote[kept], row],
        max(votes.participants, participant + 1),
        votes.statements,
    )
    assert (then.landscape.counts == count_by_group(anew, then.group, len(then.landscape.centres))).all()
    assert (then.group[participant] >= 0) == (len(row) >= 7)
    others = np.arange(votes.participants) != participant
    assert (then.group[: votes.participants][others] == opinions.group[others]).all()


def test_groups_keep_their_numbers():
    votes, _camp = camps(2, (40, 30, 20))
    opinions = found(votes)
    turned = np.array([2, 0, 1])[opinions.group]
    again = found(votes, turned)
    assert (again.group == turned).all()
    assert again.sizes.tolist() == np.bincount(turned).tolist()


def test_real_conversations_agree_with_their_own_groups_and_are_led_by_what_many_voted_on(shared_data: Path):
    agreements = []
    for folder in sorted(path for path in (shared_data / "polis").iterdir() if path.is_dir()):
        held = polis.read_export(folder)
        opinions = find_opinions(held.votes, held.shown)
        both = (held.known >= 0) & (opinions.group >= 0)
        agreements.append(adjusted_rand_score(held.known[both], opinions.group[both]))
        assert opinions.sizes.min() >= LEAST_MEMBERS
        total = opinions.landscape.counts[2].sum(axis=0)
        stood = opinions.landscape.standing()
        listed = [one.statement for ones in (*stood.representative, stood.shared) for one in ones]
        assert 2 * total[listed].min() >= np.median(total[held.shown & (total > 0)])
    assert np.mean(agreements) > REFERENCE_AGREEMENT
