"""Divides whole numbers among parts so that nothing is lost: evenly, or unevenly as life is."""

from collections.abc import Sequence
from random import Random


def uneven_shares(total: int, parts: int, *, least: int, spread: float, seed: int) -> list[int]:
    """Whole numbers of at least `least` that add up to `total`; the largest is about 1 + `spread` times the mean.

    Raises:
        ValueError: when `total` does not give every part its least.
    """
    if total < parts * least:
        raise ValueError(f"{total} cannot be divided into {parts} parts of {least} and more.")
    random = Random(seed)  # noqa: S311 - the demo's data need no secret randomness
    return largest_remainder(total, [1 + random.uniform(-spread, spread) for _ in range(parts)], least)


def largest_remainder(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Whole numbers in proportion to `weights`, at least `least` each, that add up to `total`."""
    free = total - least * len(weights)
    exact = [free * weight / sum(weights) for weight in weights]
    shares = [int(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda index: shares[index] - exact[index])
    for index in order[: free - sum(shares)]:
        shares[index] += 1
    return [least + share for share in shares]


def even_shares(total: int, parts: int) -> list[int]:
    """Whole numbers that add up to `total` and differ by one at most, the larger ones first."""
    share, rest = divmod(total, parts)
    return [share + 1] * rest + [share] * (parts - rest)


def in_turns(total: int, most: Sequence[int]) -> list[int]:
    """Give out `total` things one by one in turns, at most so many to each.

    Raises:
        ValueError: when there is room for fewer.
    """
    if total > sum(most):
        raise ValueError(f"There is room for {sum(most)}, not for {total}.")
    given = [0] * len(most)
    while total:
        open_ones = [index for index, limit in enumerate(most) if given[index] < limit][:total]
        for index in open_ones:
            given[index] += 1
        total -= len(open_ones)
    return given
