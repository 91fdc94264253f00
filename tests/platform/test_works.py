"""Apps tell each other of matters and works by their subjects alone."""

from datetime import UTC, datetime

import pytest

from jinlin.platform import works
from jinlin.platform.access import NOBODY
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.works import Brief, Matter, Outcome, Purpose, Way, Work


@pytest.fixture(autouse=True)
def own_registers(monkeypatch):
    monkeypatch.setattr(works, "_describers", {})
    monkeypatch.setattr(works, "_tellers", [])
    monkeypatch.setattr(works, "_makers", {})
    monkeypatch.setattr(works, "_ways", [])


@pytest.mark.parametrize("subject", ["", "lamp", "lamp:", ":7", "lamp:x", "lamp:-1", "lamp:１", "lamp:" + "9" * 19])
def test_what_is_no_subject_is_not_found(subject):
    with pytest.raises(NotFound):
        works.split_subject(subject)


def test_a_matter_is_described_by_the_app_that_keeps_it_and_only_to_those_who_may_know():
    @works.describes("lamp")
    def lamp(actor, row_id):
        return (
            Matter(f"lamp:{row_id}", "Lamp", "Dark", "330106003007", "/lamps/7", may_work=False)
            if row_id == 7
            else None
        )

    assert works.matter_of(NOBODY, "lamp:7").title == "Lamp"
    assert works.matter_of(NOBODY, "lamp:7").followers() == set()
    for unknown in ("lamp:8", "tree:7"):
        with pytest.raises(NotFound):
            works.matter_of(NOBODY, unknown)


def test_works_of_all_apps_come_the_oldest_first():
    def work(day, subject):
        return Work(
            subject, Purpose.DISCUSS, f"Day {day}", "/", datetime(2026, 5, day, tzinfo=UTC), outcome=Outcome.DONE
        )

    works.tells_works(lambda subject: [work(3, subject), work(1, subject)])
    works.tells_works(lambda subject: [work(2, subject)])
    assert [found.title for found in works.works_for("lamp:7")] == ["Day 1", "Day 2", "Day 3"]


def test_ways_are_offered_for_their_purpose():
    works.offer_way(Way(Purpose.DISCUSS, "meeting", "Call a meeting", "/desk/meetings/new"))
    assert [way.kind for way in works.ways_to(Purpose.DISCUSS)] == ["meeting"]
    assert works.ways_to(Purpose.DECIDE) == []


def test_a_thing_is_made_by_the_app_that_keeps_it():
    brief = Brief("resolution:3", "Lamp", "Mend it", "330106003007")
    works.makes("case", "Case")(lambda actor, given: f"case:{len(given.text)}")
    assert works.make(NOBODY, "case", brief) == "case:7"
    assert works.kinds_made() == {"case": "Case"}
    with pytest.raises(Invalid):
        works.make(NOBODY, "poem", brief)
