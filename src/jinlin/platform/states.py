"""State machines as data: a table of verbs, where each may start and where it leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jinlin.platform.errors import WrongState


@dataclass(frozen=True)
class StateTable:
    """Which verb leads from which state to which; a verb that leads nowhere new keeps the state.

    `moves` is {verb: {from state: to state}}.
    """

    initial: str
    moves: Mapping[str, Mapping[str, str]]

    @property
    def states(self) -> frozenset[str]:
        """Every state that the table names."""
        pairs = [pair for move in self.moves.values() for pair in move.items()]
        return frozenset({self.initial}.union(*pairs))

    def verbs_from(self, state: str) -> list[str]:
        """Return the verbs that are possible in `state`, in the table's order."""
        return [verb for verb, move in self.moves.items() if state in move]

    def sources(self, verb: str) -> Iterable[str]:
        """Return the states from which `verb` is possible."""
        return self.moves[verb].keys()

    def after(self, verb: str, state: str) -> str:
        """Return the state that `verb` leads to from `state`.

        Raises:
            WrongState: if the table does not allow it.
        """
        try:
            return self.moves[verb][state]
        except KeyError:
            raise WrongState from None
