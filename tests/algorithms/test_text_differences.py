"""What changed between two texts: the pieces give both texts back, and a changed number is shown as that number."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.text_differences import Change, differences

TEXTS = st.text(alphabet="甲乙丙丁，。\n 12", max_size=60)


def of(pieces, *changes):
    return "".join(piece.text for piece in pieces if piece.change in changes)


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(before, after):
    pieces = differences(before, after)
    assert of(pieces, Change.KEPT, Change.REMOVED) == before
    assert of(pieces, Change.KEPT, Change.ADDED) == after
    assert all(piece.text for piece in pieces)
    assert all(one.change != other.change for one, other in pairwise(pieces))


@given(TEXTS)
def test_nothing_changed_is_one_kept_piece_or_none(text):
    assert differences(text, text) == ([(Change.KEPT, text)] if text else [])


def test_a_changed_number_is_shown_as_that_number():
    found = differences("停车费每月120元。路灯已修好。", "停车费每月150元。路灯已修好。")
    assert found == [
        (Change.KEPT, "停车费每月1"), (Change.REMOVED, "2"), (Change.ADDED, "5"), (Change.KEPT, "0元。路灯已修好。"),
    ]  # fmt: skip
