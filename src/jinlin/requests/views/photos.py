"""Photos of requests: shown only to those who may see the request, and never from a public address."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from jinlin.platform.access import actor_of
from jinlin.platform.errors import NotFound
from jinlin.platform.models import StoredFile
from jinlin.platform.photos import file_path, photo_of_ticket, small_copy
from jinlin.requests.queries import resident as queries

PRIVATE = "private, max-age=86400"


@require_GET
def photo(request: HttpRequest, photo_id: int) -> FileResponse:
    """Show a photo of a request; `?small` its small copy."""
    return _shown(queries.photo_for(actor_of(request), photo_id).file, small="small" in request.GET)


@require_GET
def sent_ahead(request: HttpRequest, ticket: str) -> FileResponse:
    """Show the small copy of a photo that this form has stored already; its ticket is what lets one see it."""
    return _shown(photo_of_ticket(ticket), small=True)


def _shown(file: StoredFile, *, small: bool) -> FileResponse:
    try:
        path = small_copy(file.digest) if small else file_path(file.digest)
        response = FileResponse(path.open("rb"), content_type=file.media_type)
    except FileNotFoundError:
        raise NotFound from None
    response["Cache-Control"] = PRIVATE
    return response
