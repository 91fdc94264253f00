"""Pages by key: walked to the end and back, they show every row once and in order, also while rows come in."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.organisations.models import Body
from jinlin.platform.errors import Invalid
from jinlin.platform.paging import Page, sorted_page_of, text_page_of
from tests.support.community import COMMUNITY

Turn = Callable[..., Page]


def walked(turn: Turn, *, back: bool = False) -> list[list[Any]]:
    """Return the rows of each page, walking on from the first, or back from the last to the first."""
    page = turn()
    pages = [page.rows]
    while page.older:
        page = turn(older=page.older)
        pages.append(page.rows)
    if not back:
        return pages
    pages = [page.rows]
    while page.newer:
        page = turn(newer=page.newer)
        pages.append(page.rows)
    return pages[::-1]


@given(st.sets(st.text("~甲乙ab01", max_size=4)), st.integers(1, 4))
def test_what_is_in_memory_is_walked_through(keys: set[str], size: int) -> None:
    keys.discard("")

    def turn(**at: str) -> Page:
        return sorted_page_of(list(keys), str, size=size, **at)

    for pages in (walked(turn), walked(turn, back=True)):
        assert [key for page in pages for key in page] == sorted(keys)
        assert all(len(page) <= size for page in pages)


def bodies(*names: str) -> list[Body]:
    return [
        Body.objects.create(name=name, kind=f"kind{number}", place_code=COMMUNITY) for number, name in enumerate(names)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_rows_of_the_database_are_walked_through(size: int) -> None:
    bodies("b", "a~1", "a", "b", "c~", "a", "d")

    def turn(**at: str) -> Page:
        return text_page_of(Body.objects.all(), "name", size=size, **at)

    wanted = list(Body.objects.order_by("name", "pk"))
    for pages in (walked(turn), walked(turn, back=True)):
        assert [body for page in pages for body in page] == wanted


@pytest.mark.django_db
def test_a_row_that_comes_in_before_moves_no_page() -> None:
    bodies("b", "c", "d", "e")
    first = text_page_of(Body.objects.all(), "name", size=2)
    Body.objects.create(name="a", kind="new", place_code=COMMUNITY)
    second = text_page_of(Body.objects.all(), "name", size=2, older=first.older)
    assert [body.name for body in second.rows] == ["d", "e"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x", "~", "a~b", "a~-1", f"a~{2**63}", "a~１", "a\0~1"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    for at in ({"older": key}, {"newer": key}):
        with pytest.raises(Invalid):
            text_page_of(Body.objects.all(), "name", size=2, **at)
