"""The health page: whether the process serves and its database answers."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from jinlin import __version__


def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 with the version when the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ok": False, "version": __version__, "why": "the database does not answer"}, status=503)
    return JsonResponse({"ok": True, "version": __version__})
