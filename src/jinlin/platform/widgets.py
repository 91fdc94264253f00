"""Form controls that long lists need."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Select(forms.Select):
    """Django's select without a template for every option, which for a tree of 200 categories costs more than the page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the control with its options; groups too."""
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = set(self.format_value(value))
        return format_html("<select{}>{}</select>", flatatt(given), _options(self.choices, chosen))


def _options(choices: Iterable[Any], chosen: set[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in _parts(choices, chosen)))


def _parts(choices: Iterable[Any], chosen: set[str]) -> Iterator[SafeString]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield format_html('<optgroup label="{}">{}</optgroup>', value, _options(label, chosen))
        elif str("" if value is None else value) in chosen:
            yield format_html('<option value="{}" selected>{}</option>', "" if value is None else value, label)
        else:
            yield format_html('<option value="{}">{}</option>', "" if value is None else value, label)
