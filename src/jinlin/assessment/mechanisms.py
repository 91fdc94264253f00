"""The mechanisms of neighbourhood governance that Jinlin is built to carry, by id, key and Chinese name."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

CATALOGUE = Path(__file__).parent / "mechanisms.csv"


class Mechanism(NamedTuple):
    """One mechanism: `M042`, `request_intake`, 多渠道诉求受理."""

    id: str
    key: str
    name: str


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    """Return all mechanisms in the order of their ids."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return tuple(Mechanism(**row) for row in csv.DictReader(file))
