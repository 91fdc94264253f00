"""Gives kept photos, with what browsers need to ask for each only once."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control

from jinlin.platform.models import StoredFile
from jinlin.platform.photos import file_path

PHOTO_LASTS = 3600


def photo_answer(request: HttpRequest, file: StoredFile, *, public: bool) -> HttpResponse:
    """Return a photo; one that is not public stays out of shared caches."""
    etag = f'"{file.digest}"'
    if request.headers.get("If-None-Match") == etag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = FileResponse(file_path(file.digest).open("rb"), content_type=file.media_type)
    answer["ETag"] = etag
    patch_cache_control(answer, public=public, private=not public, max_age=PHOTO_LASTS)
    return answer
