"""The walk through the steps of a procedure: where each outcome leads, and whether every walk through a definition ends.

A definition is a sequence of nodes, of which the first is where a walk begins. The walk and the check read the same graph, so
that what the check accepts ends however the steps turn out, and what it refuses comes with a witness.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

END = "end"
"""Where a walk leads that went through; no step is called so."""
STOPPED = "stopped"
"""Where a walk leads that may go neither on nor back."""


class Turn(StrEnum):
    """How a step turned out: the walk goes on, the step failed, or an objection to it was upheld."""

    ON = "on"
    FAILED = "failed"
    UPHELD = "upheld"


class Reason(StrEnum):
    """What can be wrong with a graph."""

    UNKNOWN = "unknown"
    REPEATED = "repeated"
    LOOP = "loop"
    UNREACHED = "unreached"
    NOT_BACK = "not_back"
    ENDLESS = "endless"


@dataclass(frozen=True)
class Node:
    """One step: which may follow it, and where a failure and an upheld objection lead back to (empty: nowhere).

    A step that `must_pass` stops the walk when it fails and leads nowhere back. It goes back at most `returns` times; with
    None as often as something new is handed in (`new_proof`).
    """

    key: str
    then: tuple[str, ...]
    failed: str = ""
    upheld: str = ""
    must_pass: bool = False
    returns: int | None = None
    new_proof: bool = False

    @property
    def backs(self) -> tuple[str, ...]:
        """The steps that it may lead back to, each once."""
        return tuple(dict.fromkeys(target for target in (self.failed, self.upheld) if target))


@dataclass(frozen=True)
class Fault:
    """What is wrong at a step. `witness` is the loop, the way there, or the name that leads nowhere."""

    reason: Reason
    step: str
    witness: tuple[str, ...] = ()


def move(node: Node, turn: Turn, choice: str = "", returned: int = 0) -> str:
    """Return where the walk goes from a step: the key of a step, END or STOPPED.

    Args:
        choice: which of several steps follows; needed only where there are several.
        returned: how often the walk has gone back from this step before.

    Raises:
        ValueError: if it turned out well and `choice` may not follow.
    """
    back = {Turn.FAILED: node.failed, Turn.UPHELD: node.upheld}.get(turn, "")
    if back:
        return back if node.returns is None or returned < node.returns else STOPPED
    if turn == Turn.UPHELD or (turn == Turn.FAILED and node.must_pass):
        return STOPPED
    if not choice and len(node.then) == 1:
        return node.then[0]
    if choice not in node.then:
        raise ValueError(choice)
    return choice


def asks_for_choice(node: Node, turn: Turn) -> bool:
    """Say whether somebody has to choose which of several steps follows."""
    stays_here = turn == Turn.UPHELD or (turn == Turn.FAILED and (node.must_pass or bool(node.failed)))
    return len(node.then) > 1 and not stays_here


def usual_way(nodes: Sequence[Node], start: str = "") -> list[str]:
    """Return the steps from `start` (else from the first) to the end where always the first of several follows."""
    by_key = {node.key: node for node in nodes}
    way, key = [], start or nodes[0].key
    while key in by_key and key not in way:
        way.append(key)
        key = by_key[key].then[0]
    return way


def faults(nodes: Sequence[Node]) -> list[Fault]:
    """Return what is wrong with a graph; with nothing wrong every step can be reached and every walk comes to an end.

    Names that lead nowhere are found first; the rest is looked at once there are none.
    """
    found = [*_repeated(nodes), *_unknown(nodes)]
    if found:
        return found
    forward = {node.key: tuple(key for key in node.then if key != END) for node in nodes}
    loop = _loop(forward)
    if loop:
        return [Fault(Reason.LOOP, loop[0], loop)]
    return [*_unreached(nodes, forward), *_wrong_backs(nodes, forward), *_endless(nodes)]


def steps_after(nodes: Sequence[Node], key: str) -> set[str]:
    """Return the steps that may follow a step, also at several removes; itself is not among them."""
    forward = {node.key: node.then for node in nodes}
    return _reach(forward, forward.get(key, ()))


def _repeated(nodes: Sequence[Node]) -> Iterator[Fault]:
    seen = {END, STOPPED}
    for node in nodes:
        if node.key in seen:
            yield Fault(Reason.REPEATED, node.key)
        seen.add(node.key)


def _unknown(nodes: Sequence[Node]) -> Iterator[Fault]:
    known = {node.key for node in nodes}
    for node in nodes:
        named = [*(key for key in node.then if key != END), *node.backs]
        yield from (Fault(Reason.UNKNOWN, node.key, (key,)) for key in named if key not in known)
        if not node.then:
            yield Fault(Reason.UNKNOWN, node.key)


def _loop(forward: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return a way that leads to where it began, found by taking away step after step that leads to none of those left."""
    left = dict(forward)
    while over := [key for key, after in left.items() if not any(one in left for one in after)]:
        left = {key: after for key, after in left.items() if key not in over}
    if not left:
        return ()
    way = [next(iter(left))]
    while len(set(way)) == len(way):
        way.append(next(key for key in left[way[-1]] if key in left))
    return tuple(way[way.index(way[-1]) :])


def _reach(forward: Mapping[str, tuple[str, ...]], front: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    waiting = list(front)
    while waiting:
        key = waiting.pop()
        if key not in found and key in forward:
            found.add(key)
            waiting += forward[key]
    return found


def _unreached(nodes: Sequence[Node], forward: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    first = nodes[0].key
    reached = {first} | _reach(forward, forward[first])
    yield from (Fault(Reason.UNREACHED, node.key) for node in nodes if node.key not in reached)


def _wrong_backs(nodes: Sequence[Node], forward: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    """Going back leads to the step itself or to one from which it can be reached again."""
    for node in nodes:
        for target in node.backs:
            if target != node.key and node.key not in _reach(forward, forward[target]):
                yield Fault(Reason.NOT_BACK, node.key, (target,))


def _endless(nodes: Sequence[Node]) -> Iterator[Fault]:
    for node in nodes:
        if node.backs and node.returns is None and not node.new_proof:
            yield Fault(Reason.ENDLESS, node.key, node.backs)
