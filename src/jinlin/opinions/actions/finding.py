"""Looks for opinion groups in all votes of a conversation, in the background; single votes are counted as they come."""

import numpy as np
from django.db import transaction

from jinlin.algorithms.opinions import find_opinions, gather_votes
from jinlin.opinions.keeping import Kept, as_json
from jinlin.opinions.models import Participant, Picture, Statement, Vote
from jinlin.opinions.rules import FEWEST
from jinlin.opinions.states import StatementState
from jinlin.platform.dates import now
from jinlin.platform.tasks import Tally, one_by_one

LEAST_PEOPLE = 2 * FEWEST
"""Below so many people who have voted there is no look for groups."""
AT_ONCE = 500


def find_stale_anew() -> Tally:
    """Look anew at every conversation in which something has changed."""
    return one_by_one(look_anew, list(Picture.objects.filter(stale=True).values_list("conversation_id", flat=True)))


def look_anew(conversation_id: int) -> Picture:
    """Find the opinion groups in all votes of a conversation and keep them; votes of the moment wait until it is done."""
    with transaction.atomic():
        picture = Picture.objects.select_for_update().get(conversation_id=conversation_id)
        people = dict(
            Participant.objects.filter(conversation_id=conversation_id).order_by("pk").values_list("pk", "group")
        )
        kept, groups = _found(conversation_id, people)
        picture.landscape = as_json(kept) if kept else {}
        picture.found_at, picture.stale = now(), False
        picture.save(update_fields=["landscape", "found_at", "stale"])
        _write_groups(people, groups)
    return picture


def _found(conversation_id: int, people: dict[int, int | None]) -> tuple[Kept | None, list[int]]:
    """Return the landscape, None while there are too few votes, and the group of each of the people, -1 for none."""
    statements = list(
        Statement.objects.filter(conversation_id=conversation_id, state=StatementState.SHOWN)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    rows = Vote.objects.filter(statement__in=statements).values_list("participant_id", "statement_id", "value")
    who, what, how = np.array(list(rows.iterator(chunk_size=20_000)), np.int64).reshape(-1, 3).T
    if len(np.unique(who)) < LEAST_PEOPLE:
        return None, [-1] * len(people)
    ids, before = np.array(list(people)), np.array([-1 if group is None else group for group in people.values()])
    person, statement = np.searchsorted(ids, who), np.searchsorted(np.array(statements), what)
    votes = gather_votes(person, statement, how, len(ids), len(statements))
    shown = np.ones(len(statements), bool)
    opinions = find_opinions(votes, shown, before if (before >= 0).any() else None, least_members=FEWEST)
    return Kept(opinions.landscape, statements, opinions.sizes.tolist()), opinions.group.tolist()


def _write_groups(people: dict[int, int | None], groups: list[int]) -> None:
    """Write the group of those who have another one than before."""
    moved: dict[int | None, list[int]] = {}
    for (key, before), found in zip(people.items(), groups, strict=True):
        group = None if found < 0 else found
        if group != before:
            moved.setdefault(group, []).append(key)
    for group, keys in moved.items():
        for start in range(0, len(keys), AT_ONCE):
            Participant.objects.filter(pk__in=keys[start : start + AT_ONCE]).update(group=group)
