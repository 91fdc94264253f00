"""Draws a sample that anybody can draw again: the order comes from a seed that is made known, not from chance of the moment."""

from collections.abc import Iterable
from hashlib import sha256


def sample_size(of: int, percent: int) -> int:
    """Return how many of `of` a sample of `percent` has, rounded up: a sample of something is never empty.

    Raises:
        ValueError: for a percentage outside 1 to 100.
    """
    if not 1 <= percent <= 100:
        raise ValueError(percent)
    return -(-of * percent // 100)


def draw_sample(names: Iterable[str], percent: int, seed: str) -> list[str]:
    """Return `percent` of the names, which are distinct, in the order of the SHA-256 of the seed with each name.

    The order of `names` plays no part, and a larger share with the same seed contains the smaller one.

    Raises:
        ValueError: for a percentage outside 1 to 100.
    """
    ordered = sorted(names, key=lambda name: sha256(f"{seed}\0{name}".encode()).digest())
    return ordered[: sample_size(len(ordered), percent)]
