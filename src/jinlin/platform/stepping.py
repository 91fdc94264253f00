"""The one way in which a row with states takes a step: sent once, locked, allowed, moved, written down, followed up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import NotFound, Stale
from jinlin.platform.rulings import Ruling
from jinlin.platform.sends import ANY_DOOR, Door, sent_once
from jinlin.platform.states import StateTable

RowT = TypeVar("RowT", bound=models.Model)


@dataclass(frozen=True)
class Taken(Generic[RowT]):
    """A step that was taken just now, still within its transaction; `before` holds what its columns were."""

    actor: Actor
    row: RowT
    verb: str
    words: str
    before: Mapping[str, Any]


def write_line(actor: Actor, row: models.Model, verb: str, words: str = "", **columns: Any) -> None:
    """Write the line of a row's history that says what holds now; `columns` are those that only this history has.

    The history is the row's `steps`, a `HistoryLine`. A row with a version numbers its lines by it.
    """
    number = row.version if hasattr(row, "version") else row.steps.count() + 1
    row.steps.create(
        number=number, at=now(), actor_id=actor.account_id, verb=verb, state=row.state, words=words, **columns
    )


def write_taken(taken: Taken[Any]) -> None:
    """Write the line of a step that needs no columns of its own."""
    write_line(taken.actor, taken.row, taken.verb, taken.words)


def nothing(*_given: Any) -> Mapping[str, Any]:
    """Stand where a form has nothing to check, to change besides, to write down or to follow up."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Steps(Generic[RowT]):
    """How the rows of one form take their steps; an app says it once, and its verbs call `take`.

    In the order in which they are asked:

    - `lock(actor, key)` returns the row, locked, if the actor may see it, or raises NotFound; see `locked_row`.
    - `check(actor, row, verb)` raises WrongState or Invalid where that needs words of its own.
    - `may(actor, verb, row)` is the rule, `table` says where the verb leads.
    - `effects(actor, row, verb)` returns the columns that the step itself sets, such as a time; it may raise as `check`.
    - `write(taken)` adds the line of the history: `write_taken`, one of the app's own, or `nothing`.
    - `audited` is the name in the audit trail, with `{verb}`; `about(row)` whom and which place its line is about.
    - `follow(taken)` tells whom it concerns, announces, and moves what hangs on the row.
    """

    audited: str
    table: StateTable
    lock: Callable[[Actor, int], RowT]
    may: Callable[[Actor, Any, RowT], Ruling]
    about: Callable[[RowT], Mapping[str, Any]]
    check: Callable[[Actor, RowT, Any], object] = field(default=nothing)
    effects: Callable[[Actor, RowT, Any], Mapping[str, Any]] = field(default=nothing)
    write: Callable[[Taken[RowT]], object] = field(default=write_taken)
    follow: Callable[[Taken[RowT]], object] = field(default=nothing)

    def take(
        self,
        actor: Actor,
        row_id: int,
        verb: str,
        door: Door = ANY_DOOR,
        *,
        words: str = "",
        columns: Mapping[str, Any] | None = None,
        said: Sequence[Any] = (),
    ) -> RowT:
        """Take one step in a transaction of its own; `said` is what the sender chose besides the words.

        Raises:
            NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused, and what the form's own checks raise.
        """
        with self.sent(actor, row_id, verb, door, [words, *said]) as row:
            self.advance(actor, row, verb, words=words, columns=columns)
        return row

    @contextmanager
    def sent(self, actor: Actor, row_id: int, verb: str, door: Door, contents: Sequence[Any]) -> Iterator[RowT]:
        """Open the transaction of one send about a row, which is locked and stands as the person saw it.

        For a verb that does more than one step; otherwise `take`. Raises as `take`, but for NotAllowed.
        """
        with sent_once(f"account:{actor.account_id}", door.key, [row_id, verb, *contents]) as send:
            row = self.lock(actor, row_id)
            self.check(actor, row, verb)
            refuse_stale(row, door)
            yield row
            send.keep(row)

    def advance(
        self, actor: Actor, row: RowT, verb: str, *, words: str = "", columns: Mapping[str, Any] | None = None
    ) -> Taken[RowT]:
        """Take one step of a locked row; the transaction is the caller's. Raises: NotAllowed, WrongState."""
        self.may(actor, verb, row).enforce()
        state = self.table.after(verb, row.state)
        before = change(row, {"state": state, **(columns or {}), **self.effects(actor, row, verb)})
        taken = Taken(actor, row, verb, words, before)
        self.write(taken)
        detail = {"before": before["state"], "state": row.state}
        record_change(actor, self.audited.format(verb=verb), row, **self.about(row), **detail)
        self.follow(taken)
        return taken


def refuse_stale(row: models.Model, door: Door) -> None:
    """Raises: Stale, unless the row stands as the person saw it: in that version, or in that state where it has none."""
    if door.seen and door.seen != str(row.version if hasattr(row, "version") else row.state):
        raise Stale


def change(row: models.Model, columns: Mapping[str, Any]) -> Mapping[str, Any]:
    """Write columns of a row, count its version on where it has one, and return what the columns were."""
    if hasattr(row, "version"):
        columns = {**columns, "version": row.version + 1}
    before = {name: getattr(row, name) for name in columns}
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    return before


def locked_row(model: type[RowT], row_id: int, *related: str, visible: models.QuerySet[RowT] | None = None) -> RowT:
    """Return a row, locked, with the rows that are `related` to it, if it is one of those `visible` to somebody.

    The lock asks the table alone: what somebody may see is often found through other tables, which are not to be locked.

    Raises:
        NotFound
    """
    rows = model._default_manager.select_for_update(of=("self",)).select_related(*related)
    row = rows.filter(pk=row_id).first()
    if row is None or (visible is not None and not visible.filter(pk=row_id).exists()):
        raise NotFound
    return row
