"""The public page of one place, its feeds (Atom, JSON Feed), and its open data with the dictionary of each column."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jinlin.disclosure.queries import Wanted, records
from jinlin.disclosure.queries import notices as queries
from jinlin.disclosure.queries.places import (
    COUNT_COLUMNS,
    HIDDEN,
    NOTICE_COLUMNS,
    Column,
    count_table,
    entries,
    notice_table,
    public_place,
)
from jinlin.disclosure.views.showing import toned
from jinlin.platform.dates import now
from jinlin.platform.errors import NotFound
from jinlin.platform.spreadsheets import csv_lines
from jinlin.territory.models import Place

SHOWN, IN_FEED = 20, 50
LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
Table = tuple[Sequence[Column], Callable[[str], Iterable[Sequence[object]]]]
TABLES: dict[str, Table] = {"notices": (NOTICE_COLUMNS, notice_table), "requests": (COUNT_COLUMNS, count_table)}


def _place(code: str) -> Place:
    """Return the place. Raises: NotFound."""
    found = public_place(code)
    if found is None:
        raise NotFound
    return found


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is posted at a place now, what has ended, and the newest public records."""
    found = _place(code)
    context = {
        "place": found,
        "posted": toned(queries.posted(code).order_by("last_day", "pk")[:SHOWN]),
        "ended": toned(queries.archived(code).order_by("-ended_at", "-pk")[:SHOWN]),
        "records": records(Wanted(place=code)).order_by("-happened_at", "-pk")[:SHOWN],
        "tables": list(TABLES),
    }
    return render(request, "disclosure/place.html", context)


def _title(found: Place) -> str:
    return _("What is public: %(place)s") % {"place": found.address}


@require_safe
def atom(request: HttpRequest, code: str) -> HttpResponse:
    """Give the feed of a place as Atom (RFC 4287)."""
    found = _place(code)
    home = request.build_absolute_uri(reverse("disclosure:place", args=[code]))
    own = request.build_absolute_uri()
    feed = Atom1Feed(_title(found), home, "", language=get_language(), feed_url=own, feed_guid=home)
    for entry in entries(code, IN_FEED):
        address = request.build_absolute_uri(entry.path)
        feed.add_item(
            entry.title, address, entry.text, unique_id=address, pubdate=entry.changed_at, updateddate=entry.changed_at
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
def json_feed(request: HttpRequest, code: str) -> HttpResponse:
    """Give the feed of a place as JSON Feed 1.1."""
    found = _place(code)
    items = [
        {
            "id": request.build_absolute_uri(entry.path),
            "url": request.build_absolute_uri(entry.path),
            "title": entry.title,
            "content_text": entry.text,
            "date_modified": entry.changed_at.isoformat(),
        }
        for entry in entries(code, IN_FEED)
    ]
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(found),
        "home_page_url": request.build_absolute_uri(reverse("disclosure:place", args=[code])),
        "feed_url": request.build_absolute_uri(),
        "items": items,
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


@require_safe
def table(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Give a table of open data of a place as CSV."""
    found = _place(code)
    if name not in TABLES:
        raise NotFound
    columns, rows = TABLES[name]
    lines = csv_lines([column.name for column in columns], rows(found.code))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}-{code}.csv")
    return answer


@require_safe
def dictionary(request: HttpRequest, code: str) -> HttpResponse:
    """Describe the tables of a place as a Data Package: each column with its meaning, type and unit, and the licence."""
    found = _place(code)
    package = {
        "name": f"public-{code}",
        "title": _title(found),
        "created": now().isoformat(timespec="seconds"),
        "licenses": [LICENCE],
        "resources": [_resource(request, code, name, columns) for name, (columns, _rows) in TABLES.items()],
    }
    return JsonResponse(package, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _resource(request: HttpRequest, code: str, name: str, columns: Sequence[Column]) -> dict[str, Any]:
    return {
        "name": name,
        "path": request.build_absolute_uri(reverse("disclosure:table", args=[code, name])),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [_field(column) for column in columns], "missingValues": ["", HIDDEN]},
    }


def _field(column: Column) -> dict[str, str]:
    unit = {"unit": str(column.unit)} if column.unit else {}
    return {"name": column.name, "type": column.kind, "description": str(column.meaning), **unit}
