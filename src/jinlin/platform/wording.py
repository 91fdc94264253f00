"""The small marks between words, as each language sets them: in lists, after labels, around remarks."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def in_a_row(words: Iterable[object]) -> str:
    """Return words as a list in running text: `a, b` or `甲、乙`."""
    return pgettext("between words of a list", ", ").join(str(word) for word in words)


def labelled(label: object, value: object) -> str:
    """Return a label with its value: `Place: Gate 3` or `地点：3号门`."""
    return pgettext("label and value", "%(label)s: %(value)s") % {"label": label, "value": value}


def with_remark(words: object, remark: object) -> str:
    """Return words with a remark behind them: `Water (article 4)` or `供水（第4条）`."""
    return pgettext("words and remark", "%(words)s (%(remark)s)") % {"words": words, "remark": remark}
