"""What the levels of the tree are called here: the chain's own names, in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from jinlin.algorithms.place_codes import Level
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import LEVEL_NAMES, Zone


def level_words() -> dict[str, str]:
    """Return {level: its name}, the place's own name where its chain has one."""
    standard = {Level(value).name.lower(): str(name) for value, name in LEVEL_NAMES}
    standard |= {kind.value: str(kind.label) for kind in Zone.Kind}
    english = (get_language() or "").startswith("en")
    return standard | {row.level: row.name_en if english else row.name for row in current_playbook().chain}


def level_keys() -> dict[str, str]:
    """Return {word: level} for every word that a table may name a level by: the place's own in either language, ours, the key."""
    words = {word: level for level, word in level_words().items()}
    words |= {name: row.level for row in current_playbook().chain for name in (row.name, row.name_en)}
    return words | {level: level for level in words.values()}


def chain_levels() -> tuple[str, ...]:
    """Return the levels of this place's chain from the top down."""
    return tuple(row.level for row in current_playbook().chain)
