"""A step is sent once, of what the person saw, by who may, from where the table allows it, and leaves its line and its entry."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from jinlin.organisations.models import Body
from jinlin.outreach.models import Round
from jinlin.outreach.states import ROUNDS
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, KeyReused, NotAllowed, NotFound, Stale, WrongState
from jinlin.platform.models import AuditEntry
from jinlin.platform.rulings import YES, no
from jinlin.platform.sends import Door, RepeatedSend
from jinlin.platform.stepping import Steps, Taken, change, locked_row, nothing, refuse_stale
from tests.support.community import COMMUNITY, make_community

pytestmark = pytest.mark.django_db


def locked(_actor: Any, round_id: int) -> Round:
    """Lock any round."""
    return locked_row(Round, round_id)


def about(found: Round) -> dict[str, Any]:
    """Say where it is."""
    return {"place_code": found.place_code}


def allowed(_actor: Any, _verb: Any, _found: Round) -> Any:
    """Let everybody."""
    return YES


PLAIN = Steps(audited="try.{verb}", table=ROUNDS, lock=locked, may=allowed, about=about, write=nothing)


@pytest.fixture
def made(clock: Any, district: Any) -> Round:
    """A round that is announced, with words for a history of its own kept beside it."""
    make_community()
    body = Body.objects.filter(place_code=COMMUNITY).first()
    return Round.objects.create(
        kind="courtyard", title="院落坐班", body=body, place_code=COMMUNITY, spot="凉亭", on=today(), planned_at=now()
    )


def test_a_step_moves_the_row_and_leaves_one_entry_with_both_states(made: Round):
    PLAIN.take(SYSTEM, made.pk, "close", columns={"spot": "门厅"})
    made.refresh_from_db()
    assert (made.state, made.spot) == ("closed", "门厅")
    entry = AuditEntry.objects.get(verb="try.close")
    assert entry.detail == {"before": "planned", "state": "closed"}
    assert entry.place_code == COMMUNITY


def test_the_hooks_are_asked_in_their_order_and_told_what_was_before(made: Round):
    seen: list[Any] = []

    def noted(name: str) -> Callable[..., dict[str, Any]]:
        def hook(*given: Any) -> dict[str, Any]:
            seen.append((name, given))
            return {"title": "二次"} if name == "effects" else {}

        return hook

    steps = replace(PLAIN, **{name: noted(name) for name in ("check", "effects", "write", "follow")})
    steps.take(SYSTEM, made.pk, "close", words="散了", columns={"title": "一次"})
    assert [name for name, _given in seen] == ["check", "effects", "write", "follow"]
    taken: Taken[Round] = seen[-1][1][0]
    assert taken.before == {"state": "planned", "title": "院落坐班"}
    assert (taken.row.title, taken.words, taken.verb) == ("二次", "散了", "close")


@pytest.mark.parametrize(
    ("steps", "door", "error"),
    [
        (replace(PLAIN, may=lambda *_given: no("nobody")), Door(), NotAllowed),
        (PLAIN, Door(seen="closed"), Stale),
        (replace(PLAIN, table=replace(ROUNDS, moves={"close": {}})), Door(), WrongState),
    ],
    ids=["not allowed", "not what was seen", "not from this state"],
)
def test_what_is_refused_changes_nothing(made: Round, steps: Steps[Round], door: Door, error: type[Exception]):
    with pytest.raises(error):
        steps.take(SYSTEM, made.pk, "close", door, columns={"spot": "门厅"})
    made.refresh_from_db()
    assert (made.state, made.spot) == ("planned", "凉亭")
    assert not AuditEntry.objects.filter(verb="try.close").exists()


def test_a_hook_that_fails_takes_the_step_back(made: Round):
    def fail(_taken: Any) -> None:
        raise Invalid(fields={"words": "…"})

    with pytest.raises(Invalid):
        replace(PLAIN, follow=fail).take(SYSTEM, made.pk, "close")
    made.refresh_from_db()
    assert made.state == "planned"


def test_the_same_send_again_is_a_repeat_although_the_state_is_another_by_now(made: Round):
    door = Door(seen="planned", key="k1")
    PLAIN.take(SYSTEM, made.pk, "close", door, words="一", columns={"closed_at": now()})
    with pytest.raises(RepeatedSend):
        PLAIN.take(SYSTEM, made.pk, "close", door, words="一", columns={"closed_at": now() + timedelta(seconds=1)})
    with pytest.raises(KeyReused):
        PLAIN.take(SYSTEM, made.pk, "close", door, words="二")
    assert AuditEntry.objects.filter(verb="try.close").count() == 1


def test_a_row_that_is_not_visible_is_not_there(made: Round):
    with pytest.raises(NotFound):
        locked_row(Round, made.pk, visible=Round.objects.none())
    with pytest.raises(NotFound):
        locked_row(Round, made.pk + 1)
    assert locked_row(Round, made.pk, "body", visible=Round.objects.filter(kind="courtyard")) == made


class Versioned:
    """A row with a version, as far as a step knows one."""

    def __init__(self) -> None:
        self.state, self.version, self.saved = "open", 3, []

    def save(self, update_fields: list[str]) -> None:
        """Keep which columns were written."""
        self.saved = update_fields


def test_a_row_with_a_version_is_stale_by_its_version_and_counts_on():
    row: Any = Versioned()
    refuse_stale(row, Door(seen="3"))
    refuse_stale(row, Door())
    with pytest.raises(Stale):
        refuse_stale(row, Door(seen="open"))
    before = change(row, {"state": "done"})
    assert (row.state, row.version, row.saved) == ("done", 4, ["state", "version"])
    assert before == {"state": "open", "version": 3}
    with pytest.raises(Stale):
        refuse_stale(row, Door(seen="3"))
