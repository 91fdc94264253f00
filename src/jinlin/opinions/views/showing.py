"""What the pages of residents and of the desk show alike: the map of the groups, their words, the figures of a conversation."""

from collections.abc import Sequence
from typing import Any

from jinlin.opinions import queries
from jinlin.opinions.exports import group_name
from jinlin.opinions.models import Conversation
from jinlin.opinions.queries import Group
from jinlin.opinions.states import TalkState

TONES = {TalkState.DRAFT: "soon", TalkState.OPEN: "working", TalkState.CLOSED: "done", TalkState.WITHDRAWN: "quiet"}
WIDTH, HEIGHT, MARGIN = 320, 200, 56
SMALLEST, LARGEST = 26, 52


def shown(conversation: Conversation) -> dict[str, Any]:
    """Return what a page shows of a conversation."""
    held = queries.held(conversation)
    return {
        "conversation": conversation,
        "tone": TONES[TalkState(conversation.state)],
        "held": held,
        "groups": [(group_name(group.number), group) for group in held.groups],
        "circles": circles(held.groups),
        "dividing": [(text, _named(held.groups, figures)) for text, figures in held.dividing if held.groups],
        "heads": [group_name(group.number) for group in held.groups],
    }


def _named(groups: Sequence[Group], figures: Sequence[Any]) -> list[tuple[Any, Any]]:
    return [(group_name(group.number), figure) for group, figure in zip(groups, figures, strict=True)]


def circles(groups: Sequence[Group]) -> list[dict[str, Any]]:
    """Return the groups as circles in a picture of 320 by 200: apart as they lie, in size as they are many."""
    if not groups:
        return []
    most = max(group.size for group in groups)
    across = _spread([group.x for group in groups], WIDTH)
    down = _spread([group.y for group in groups], HEIGHT)
    return [
        {
            "x": round(x),
            "y": round(y),
            "r": round(max(SMALLEST, LARGEST * (group.size / most) ** 0.5)),
            "name": group_name(group.number),
            "size": group.size,
            "number": group.number,
        }
        for group, x, y in zip(groups, across, down, strict=True)
    ]


def _spread(places: Sequence[float], length: int) -> list[float]:
    """Return places within a margin of a length, in the middle where they do not differ."""
    low, high = min(places), max(places)
    if high - low < 1e-9:
        return [length / 2] * len(places)
    return [MARGIN + (place - low) / (high - low) * (length - 2 * MARGIN) for place in places]
