"""Form controls that long lists need."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString


class Select(forms.Select):
    """Django's select without a template for every option, which for a tree of 200 categories costs more than the page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the control with its options; groups too."""
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = set(self.format_value(value))
        options = SafeString("".join(_options(self.choices, chosen)))
        return format_html("<select{}>{}</select>", flatatt(given), options)


def _options(choices: Iterable[Any], chosen: set[str]) -> Iterator[str]:
    """Yield the options as HTML; each is escaped here, which `format_html` does at several times the cost."""
    for value, label in choices:
        written = "" if value is None else str(value)
        if isinstance(label, list | tuple):
            yield f'<optgroup label="{escape(written)}">{"".join(_options(label, chosen))}</optgroup>'
        else:
            mark = " selected" if written in chosen else ""
            yield f'<option value="{escape(written)}"{mark}>{escape(str(label))}</option>'
