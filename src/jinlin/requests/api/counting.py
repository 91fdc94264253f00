"""The catalogue of categories, and the figures of the caller's area."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from jinlin.platform.answers import json_answer
from jinlin.platform.errors import NotFound
from jinlin.playbooks.here import current_playbook
from jinlin.requests import schemas
from jinlin.requests.api.calling import caller_of, categories, figures
from jinlin.requests.queries import choices
from jinlin.requests.report import GROUPINGS, Schemes, figures_for, raised_between, report


@categories.get("", response=schemas.Categories, operation_id="list_categories")
def list_categories(request: HttpRequest) -> HttpResponse:
    """List the categories in use; a code begins with that of the category above it."""
    return json_answer({"rows": [{"code": code, "name": name} for code, name in choices.categories().items()]})


@figures.get("", response=schemas.ReportOut, operation_id="read_report")
def read_report(
    request: HttpRequest,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    by: Annotated[Literal["", *GROUPINGS], Query()] = "",
    scheme: Annotated[int | None, Query(ge=1, lt=1000)] = None,
) -> HttpResponse:
    """Count the requests in the caller's area by state, channel and kind, with days to reply, transfers and rates.

    Each judgement counts under the rating scheme of its day, or all under the version that `scheme` names; `by` puts the
    three rates of each community, body, class of matter or month beside the whole.
    """
    rows = raised_between(figures_for(caller_of(request)), first, last)
    return json_answer(report(rows, _schemes(scheme), by=by))


def _schemes(under: int | None) -> Schemes:
    try:
        return Schemes.of(current_playbook().rating, under)
    except KeyError:
        raise NotFound(_("There is no such rating scheme here.")) from None
