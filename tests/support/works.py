"""Works for matters that a test makes itself, as an app of meetings, notices or ballots would, and the steps they conclude."""

from collections.abc import Iterable
from datetime import datetime

import pytest

from jinlin.platform import works
from jinlin.platform.dates import now
from jinlin.platform.works import Concluded, Outcome, Purpose, Work
from jinlin.procedures.models import Procedure, Step
from jinlin.procedures.queries import open_step
from jinlin.procedures.reactions import go_on


class WorksOfTests:
    """What was done for which subject; told to whoever asks for its works."""

    def __init__(self) -> None:
        self.done: list[Work] = []

    def tell(self, subject: str) -> Iterable[Work]:
        return [work for work in self.done if work.subject == subject]

    def add(
        self, step: Step, outcome: Outcome | None = Outcome.PASSED, *, purpose: str = "",
        sides: Iterable[str] = (), begun_at: datetime | None = None,
    ) -> Work:  # fmt: skip
        """Note a work for a step, begun when it was opened and ended now; without an outcome it is still under way."""
        work = Work(
            step.subject, Purpose(purpose or step.rules.kind), f"{step.rules.name}的会", "/works/1/",
            begun_at or step.opened_at,
            concluded_at=now() if outcome else None, outcome=outcome, sides=frozenset(sides),
        )  # fmt: skip
        self.done.append(work)
        return work

    def conclude(self, procedure: Procedure, outcome: Outcome = Outcome.PASSED, **more: object) -> Procedure:
        """Note a work for the open step of a procedure and announce its end; return the procedure as it stands then."""
        procedure.refresh_from_db()
        step = open_step(procedure)
        assert step is not None
        self.add(step, outcome, **more)
        go_on(Concluded(step.subject, "work:1", outcome))
        procedure.refresh_from_db()
        return procedure


@pytest.fixture
def works_of_tests(monkeypatch: pytest.MonkeyPatch) -> WorksOfTests:
    """Return what notes works, known to everybody who asks while the test runs."""
    made = WorksOfTests()
    monkeypatch.setattr(works, "_tellers", [*works._tellers, made.tell])
    return made
