"""Reading: the list, one request with its photos, one that somebody follows by its code."""

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Query

from jinlin.platform.access import Actor
from jinlin.platform.answers import describe, json_answer
from jinlin.platform.errors import NotFound
from jinlin.platform.photos import file_path
from jinlin.requests import schemas
from jinlin.requests.api.calling import FollowCode, Number, RequestId, caller_of, follower_of, following, router
from jinlin.requests.queries import api as queries
from jinlin.requests.queries import resident
from jinlin.requests.states import State

JPEG = describe("image/jpeg", {"type": "string", "format": "binary"})


@router.get("", response=schemas.RequestPage, operation_id="list_requests")
def list_requests(
    request: HttpRequest,
    state: State | None = None,
    category: str = Query("", max_length=6),
    older: str = Query("", max_length=60),
) -> HttpResponse:
    """List the requests in which the caller plays a part, newest first."""
    return json_answer(queries.page(caller_of(request), state=state or "", category=category, older=older))


@router.get("/{request_id}", response=schemas.RequestOut, operation_id="read_request")
def read_request(request: HttpRequest, request_id: RequestId) -> HttpResponse:
    """Read one request with its history."""
    actor = caller_of(request)
    found = queries.one(actor, request_id)
    return json_answer(queries.whole(actor, found, f"{request.path}/photos/"))


@router.get("/{request_id}/photos/{photo_id}", operation_id="read_photo", openapi_extra=JPEG)
def read_photo(request: HttpRequest, request_id: RequestId, photo_id: RequestId) -> FileResponse:
    """Read a photo of a request, as JPEG."""
    return _photo(caller_of(request), request_id, photo_id)


def _photo(actor: Actor, request_id: int, photo_id: int) -> FileResponse:
    photo = resident.photo_for(actor, photo_id)
    if photo.request_id != request_id:
        raise NotFound
    try:
        return FileResponse(file_path(photo.file.digest).open("rb"), content_type=photo.file.media_type)
    except FileNotFoundError:
        raise NotFound from None


@following.get("/{number}/{code}", response=schemas.RequestOut, operation_id="follow_request")
def follow_request(request: HttpRequest, number: Number, code: FollowCode) -> HttpResponse:
    """Read a request by its number and its secret code, without an account."""
    actor, found = follower_of(request, number, code)
    return json_answer(queries.whole(actor, found, f"{request.path}/photos/"))


@following.get("/{number}/{code}/photos/{photo_id}", operation_id="follow_photo", openapi_extra=JPEG)
def follow_photo(request: HttpRequest, number: Number, code: FollowCode, photo_id: RequestId) -> FileResponse:
    """Read a photo of a request that one follows by its code, as JPEG."""
    actor, found = follower_of(request, number, code)
    return _photo(actor, found.pk, photo_id)
