"""Clauses: taken apart at their numbers, matched from version to version, and set side by side without loss."""

from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.clauses import compare_clauses, match_clauses, split_clauses
from jinlin.algorithms.text_differences import Change

WORDS = st.text(alphabet="甲乙丙丁戊，。", min_size=1, max_size=12)
VERSIONS = st.dictionaries(st.integers(1, 9), WORDS, max_size=6)


def test_a_text_is_taken_apart_at_its_numbers_and_loses_no_word():
    assert split_clauses("总则。\n第一条 爱护绿化。\n第二条：不占楼道，\n不堆物。\n第十二条　附则") == [
        "总则。", "爱护绿化。", "不占楼道，\n不堆物。", "附则",
    ]  # fmt: skip
    assert split_clauses("爱护绿化。\n\n不占楼道，\n不堆物。") == ["爱护绿化。", "不占楼道，\n不堆物。"]
    assert split_clauses("见第三条的规定。") == ["见第三条的规定。"]
    assert split_clauses(" \n ") == []


@given(VERSIONS, VERSIONS)
def test_each_clause_of_both_versions_stands_once_and_its_pieces_give_it_back(before, after):
    rows = compare_clauses(before, after)
    assert [row.key for row in rows] == [*after, *(key for key in before if key not in after)]
    for row in rows:
        old = "".join(piece.text for piece in row.pieces if piece.change != Change.ADDED)
        new = "".join(piece.text for piece in row.pieces if piece.change != Change.REMOVED)
        assert (old, new) == (before.get(row.key, ""), after.get(row.key, ""))
        expected = {(True, False): Change.REMOVED, (False, True): Change.ADDED}.get(
            (row.key in before, row.key in after)
        )
        assert row.change == (expected or (Change.KEPT if old == new else None))


@given(VERSIONS, st.lists(WORDS, max_size=6))
def test_no_key_is_given_twice_and_the_same_text_keeps_its_own(before, texts):
    keys = match_clauses(before, texts)
    given_out = [key for key in keys if key is not None]
    assert len(set(given_out)) == len(given_out) and set(given_out) <= set(before)
    for text in set(texts) & set(before.values()):
        same = [key for key, words in zip(keys, texts, strict=True) if words == text]
        assert any(before.get(key) == text for key in same if key is not None)


def test_a_clause_in_other_words_keeps_its_key():
    before = {1: "业主按时交纳物业费。", 2: "爱护绿化。"}
    assert match_clauses(before, ["业主按时足额交纳物业费。", "不在楼道堆物。", "爱护绿化。"]) == [1, None, 2]
