"""Public records: the list, one record, and the points of the map. Nobody needs to sign in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from ninja import Query, Router

from jinlin.disclosure import queries, schemas
from jinlin.disclosure.forms import BoxField
from jinlin.disclosure.models import Disclosure
from jinlin.platform.answers import describe, json_answer
from jinlin.platform.errors import Gone, NotFound
from jinlin.platform.paging import after_key, key_of

PAGE = 50

router = Router()


@router.get("", response=schemas.RecordPage, operation_id="list_public_records")
def list_records(
    request: HttpRequest, wanted: Query[schemas.WantedIn], older: str = Query("", max_length=60)
) -> HttpResponse:
    """List what is public, newest first."""
    rows = after_key(queries.records(wanted.wanted), older, "happened_at").defer("text", "answer", "search")
    found = list(rows[: PAGE + 1])
    next_key = key_of(found[PAGE - 1].happened_at, found[PAGE - 1].pk) if len(found) > PAGE else ""
    return json_answer({"rows": [_row(record) for record in found[:PAGE]], "older": next_key})


@router.get(
    "/points", operation_id="list_public_points", openapi_extra=describe("application/geo+json", {"type": "object"})
)
def list_points(request: HttpRequest, wanted: Query[schemas.PointsIn]) -> HttpResponse:
    """Give the points of the list as GeoJSON, the newest 1,000 at most."""
    box = BoxField(required=False).clean(wanted.bbox)
    contents = queries.points(wanted.wanted, box)
    answer = HttpResponse(contents, content_type="application/geo+json")
    patch_cache_control(answer, no_cache=True)
    return answer


@router.get("/{number}", response=schemas.RecordOut, operation_id="read_public_record")
def read_record(request: HttpRequest, number: str) -> HttpResponse:
    """Read one public record; 410 when it was public once and was taken down."""
    shown = queries.record(number)
    if shown is None:
        raise Gone if queries.was_public(number) else NotFound
    photos = [
        {"moment": photo.moment, "url": reverse("disclosure:photo", args=[photo.pk])} for photo in shown.photos.all()
    ]
    more = {name: getattr(shown, name) for name in ("text", "answer", "longitude", "latitude", "published_at")}
    return json_answer(_row(shown) | more | {"photos": photos})


def _row(record: Disclosure) -> dict[str, Any]:
    return {
        "number": record.number,
        "title": record.title,
        "state": record.state,
        "category": record.category,
        "category_name": record.category_name,
        "place": record.place_code,
        "place_name": record.place_name,
        "body": record.body_name,
        "rating": record.rating,
        "happened_at": record.happened_at,
    }
