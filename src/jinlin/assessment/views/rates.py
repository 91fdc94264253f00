"""C5: the three rates side by side, by place, body, class of matter or month, and the shares of city management."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from jinlin.assessment import queries
from jinlin.assessment.views.cockpit import PERIOD, opened, percent
from jinlin.platform.dates import now, today
from jinlin.platform.spreadsheets import rows_answer
from jinlin.platform.widgets import Select
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.wording import level_named
from jinlin.requests.queries.desk import Wanted, list_url
from jinlin.requests.report import GROUPINGS, SHARES, Group, Rate, Schemes, ThreeRates

HEADERS = [
    _("Group"),
    _("Counted"),
    _("Response rate"),
    _("Solution rate"),
    _("Satisfaction rate"),
    _("Weighted total"),
]


class RatesForm(forms.Form):
    """What the table of rates covers."""

    first = forms.DateField(label=_("Received from"), required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Received until"), required=False, widget=forms.DateInput({"type": "date"}))
    by = forms.ChoiceField(
        label=_("Side by side"),
        required=False,
        choices=[(key, way.name) for key, way in GROUPINGS.items()],
        widget=Select,
    )
    scheme = forms.TypedChoiceField(
        label=_("Rating scheme"), required=False, coerce=int, empty_value=None, widget=Select
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = [
            (row.version, _("all under version %(version)s") % {"version": row.version})
            for row in current_playbook().rating
        ]
        self.fields["scheme"].choices = [("", _("each judgement under that of its day")), *versions]

    @property
    def wanted(self) -> Wanted:
        """Return the period; the last 30 days where none is given."""
        given = self.cleaned_data
        first = given["first"] or (given["last"] or today()) - PERIOD
        return Wanted(first=first, last=given["last"] or max(today(), first))


@require_safe
def rates_table(request: HttpRequest) -> HttpResponse:
    """Show the rates of a period, or give them as a spreadsheet; each number opens the cases that it counts."""
    actor = opened(request)
    form = RatesForm(request.GET)
    if not form.is_valid():
        return render(request, "assessment/rates.html", {"form": form}, status=422)
    wanted, by = form.wanted, form.cleaned_data["by"] or "place"
    schemes = Schemes.of(current_playbook().rating, form.cleaned_data["scheme"])
    groups = queries.rates_by(actor, wanted, by, schemes)
    whole = queries.rates(actor, wanted, schemes)
    if request.GET.get("form") == "xlsx":
        return _spreadsheet(groups, whole)
    context = {
        "form": form,
        "wanted": wanted,
        "as_of": now(),
        "whole": _line(wanted, _("All together"), whole),
        "lines": [_line(replace(wanted, **group.narrow), group.name, group.rates) for group in groups],
        "versions": whole.versions,
        "grouping": GROUPINGS[by].name,
        "shares": [_share(wanted, share, queries.share(actor, wanted, share)) for share in SHARES],
        "levels": _levels(wanted, queries.closed_by_level(actor, wanted)),
        "query": request.GET.urlencode(),
    }
    return render(request, "assessment/rates.html", context)


def _line(wanted: Wanted, name: Any, rates: ThreeRates) -> dict[str, Any]:
    return {
        "name": name,
        "url": list_url(replace(wanted, among="rated")),
        "counted": rates.response.counted,
        "parts": [
            percent(rate) | {"url": list_url(replace(wanted, among=met))}
            for met, rate in (
                ("responded", rates.response),
                ("solved", rates.solution),
                ("satisfied", rates.satisfaction),
            )
        ],
        "total": None if rates.total is None else float(rates.total) * 100,
    }


def _share(wanted: Wanted, share: Any, rate: Rate) -> dict[str, Any]:
    return percent(rate) | {
        "name": share.name,
        "met_url": list_url(replace(wanted, among=share.met)),
        "of_url": list_url(replace(wanted, among=share.of)),
    }


def _levels(wanted: Wanted, levels: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        told
        | {
            "name": level_named(current_playbook(), level) or level,
            "within": None if told["within"] is None else told["within"] * 100,
            "closed_url": list_url(replace(wanted, among=f"closed_{level}")),
            "through_url": list_url(replace(wanted, among=f"through_{level}")),
        }
        for level, told in levels.items()
    ]


def _spreadsheet(groups: list[Group], whole: ThreeRates) -> HttpResponse:
    return rows_answer("xlsx", "rates", HEADERS, _cells(groups, whole), sheet=_("Rates"))


def _cells(groups: list[Group], whole: ThreeRates) -> Iterator[list[Any]]:
    for name, rates in [*((group.name, group.rates) for group in groups), (str(_("All together")), whole)]:
        shares = (rates.response.value, rates.solution.value, rates.satisfaction.value, rates.total)
        yield [name, rates.response.counted, *(None if value is None else round(float(value), 4) for value in shares)]
