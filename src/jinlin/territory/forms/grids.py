"""The forms of the grid workbench: a proposal, a move by hand, an approval with its successors, a reason, a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.platform.widgets import Select
from jinlin.territory.models import GridPlan, Place
from jinlin.territory.queries.grid_plans import GridRow, Overlap

MOST_GRIDS = 999
NUMBER, HEIR = "number-", "heir-"


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})} | kwargs)


class ProposeForm(forms.Form):
    """What a division is asked for; the number of grids may be set for each community."""

    target = forms.IntegerField(label=_("Households in a grid"), min_value=1, max_value=10_000)
    mode = forms.ChoiceField(
        label=_("How to divide"),
        choices=[(GridPlan.Mode.KEEP, _("Keep estates whole")), (GridPlan.Mode.BALANCE, _("As equal as can be"))],
        widget=forms.RadioSelect,
    )
    seed = forms.IntegerField(
        label=_("Variant"),
        min_value=0,
        max_value=2**31 - 1,
        help_text=_("Another number gives another plan of the same kind; the same number the same plan."),
    )

    def __init__(self, *args: Any, communities: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for community in communities:
            self.fields[NUMBER + community.code] = forms.IntegerField(
                label=_("Number of grids: %(place)s") % {"place": community.name},
                required=False,
                min_value=1,
                max_value=MOST_GRIDS,
                help_text=_("Stays empty for households divided by the size above."),
            )

    @property
    def numbers(self) -> dict[str, int]:
        """{community: number of grids} as far as it was asked for."""
        given = {name: value for name, value in self.cleaned_data.items() if name.startswith(NUMBER) and value}
        return {name.removeprefix(NUMBER): value for name, value in given.items()}


class TableForm(forms.Form):
    """A division made elsewhere, as a table of buildings with their grids."""

    target = forms.IntegerField(label=_("Households in a grid"), min_value=1, max_value=10_000)
    file = forms.FileField(
        label=_("Spreadsheet with building codes and grids"),
        help_text=_("XLSX, XLS, ODS or CSV; the spreadsheet of any plan shows the columns."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.gz"}),
        error_messages={"required": _("Choose a file.")},
    )


class MoveForm(forms.Form):
    """One building of a grid and the neighbouring grid that it goes to."""

    building = forms.ChoiceField(label=_("Building"), widget=forms.RadioSelect)
    grid = forms.ChoiceField(label=_("To the grid"), widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, buildings: Sequence[tuple[str, str]], grids: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["building"].choices = buildings
        self.fields["grid"].choices = grids


class ApproveForm(forms.Form):
    """From which day a plan is in force, and which grid takes over from each that ends."""

    effective_from = DayField(label=_("In force from"), help_text=_("Today, or a day to come."))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, ending: Iterable[Overlap], rows: Sequence[GridRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for overlap in ending:
            here = [row for row in rows if row.community == overlap.zone.community_code]
            self.fields[HEIR + overlap.zone.label] = forms.ChoiceField(
                label=_("Successor of %(grid)s") % {"grid": overlap.zone.name},
                help_text=_("Takes over the open requests and the posts of the grid that ends."),
                choices=[(row.code, _share(row, overlap.shares)) for row in here],
                initial=overlap.heir,
                widget=Select,
            )

    @property
    def successors(self) -> dict[str, str]:
        """{grid that ends: its successor} as chosen."""
        given = {name: value for name, value in self.cleaned_data.items() if name.startswith(HEIR)}
        return {name.removeprefix(HEIR): value for name, value in given.items()}


def _share(row: GridRow, shares: Mapping[str, int]) -> str:
    words = _("%(grid)s (%(code)s), takes %(count)s of its households")
    return str(words % {"grid": row.name, "code": row.code, "count": shares.get(row.code, 0)})


class ReturnForm(forms.Form):
    """Why a plan is sent back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Those who made the plan read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
