"""Compiled loops work in an installation that nobody may write to."""

from numba.core import caching

from jinlin.algorithms.compiled import compiled


def test_without_a_place_for_machine_code_it_is_made_anew(monkeypatch):
    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])

    def double(number: int) -> int:
        return 2 * number

    loop = compiled(double)
    assert loop(21) == 42
    assert loop.signatures, "it was not compiled"
