"""The forms of the tree at the desk: one unit, a table of units, a file of boundaries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.coordinates import System
from jinlin.platform.widgets import Select
from jinlin.territory.unit_words import chain_levels, level_words

LATER_LEVELS = frozenset({"district", "entrance", "home", "neighbours"})
"""Levels whose units come in with the division codes or with the register of homes."""
SYSTEMS = [
    (System.WGS84, "WGS 84 / CGCS2000"),
    (System.GCJ02, "GCJ-02"),
    (System.BD09, "BD-09"),
]


class UnitForm(forms.Form):
    """One unit to take into the tree; a building's code with an estate's or grid's code moves it there."""

    level = forms.ChoiceField(label=_("Level"), widget=Select)
    name = forms.CharField(label=_("Unit name"), max_length=64)
    parent = forms.CharField(label=_("Code of the unit above"), max_length=22)
    code = forms.CharField(
        label=_("Unit code"),
        max_length=22,
        required=False,
        help_text=_("Stays empty for the platform to give one; codes are never given twice."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = level_words()
        self.fields["level"].choices = [(name, words[name]) for name in chain_levels() if name not in LATER_LEVELS]


class UnitTableForm(forms.Form):
    """A table of units."""

    file = forms.FileField(
        label=_("Spreadsheet with units"),
        help_text=_("XLSX, XLS, ODS or CSV; all rows are taken in or none."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.gz"}),
        error_messages={"required": _("Choose a file.")},
    )


class BoundaryForm(forms.Form):
    """A file of boundaries, and the system that its coordinates are in."""

    file = forms.FileField(
        label=_("GeoJSON with boundaries"),
        help_text=_("Each feature has the property code: of a place, an estate or a grid."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json"}),
        error_messages={"required": _("Choose a file.")},
    )
    system = forms.ChoiceField(
        label=_("Coordinate system"), choices=SYSTEMS, widget=forms.RadioSelect, initial=System.WGS84
    )
