"""A binary heap in two arrays, keys and what they belong to, for compiled searches; the caller keeps the size."""

from __future__ import annotations

from jinlin.algorithms.arrays import Keys, Numbers
from jinlin.algorithms.compiled import inner


@inner
def push(keys: Keys, items: Numbers, size: int, key: float, item: int) -> int:
    """Put an item in; return the new size."""
    place = size
    while place > 0 and keys[(place - 1) >> 1] > key:
        above = (place - 1) >> 1
        keys[place], items[place] = keys[above], items[above]
        place = above
    keys[place], items[place] = key, item
    return size + 1


@inner
def replace_first(keys: Keys, items: Numbers, size: int, key: float, item: int) -> None:
    """Put an item in the place of the one with the smallest key."""
    place = 0
    while 2 * place + 1 < size:
        below = 2 * place + 1
        if below + 1 < size and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[place], items[place] = keys[below], items[below]
        place = below
    keys[place], items[place] = key, item


@inner
def drop_first(keys: Keys, items: Numbers, size: int) -> int:
    """Take the item with the smallest key out; return the new size."""
    replace_first(keys, items, size - 1, keys[size - 1], items[size - 1])
    return size - 1
