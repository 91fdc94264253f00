"""Our select says what Django's says."""

import re
from typing import Any

import pytest
from django import forms

from jinlin.platform.widgets import Select

CHOICES = [("", "all"), (1, "one <b>"), ("group & co", [("a", "A"), ('b"', "B")])]


def said(html: str) -> list[str]:
    """Return the tags and words of a control in one order of attributes, without the space between them."""
    parts = re.findall(r"<[^>]+>|[^<]+", html)
    return [" ".join(sorted(re.findall(r'[\w/-]+(?:="[^"]*")?|[^\s<>]+', part))) for part in parts if part.strip()]


@pytest.mark.parametrize("value", ["", None, 1, "1", "a", 'b"', "none of them"])
@pytest.mark.parametrize("attrs", [{}, {"id": "x", "required": True, "class": 'a"b'}])
def test_it_renders_like_the_one_of_django(value: Any, attrs: dict[str, Any]) -> None:
    ours = Select(choices=CHOICES).render("place", value, attrs)
    theirs = forms.Select(choices=CHOICES).render("place", value, attrs)
    assert said(ours) == said(theirs)
