"""The public records: the list with its map, one record, and their photos. Nobody needs to sign in."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from jinlin.disclosure import queries
from jinlin.disclosure.forms import BoxForm, PointsForm, WantedForm
from jinlin.disclosure.models import DisclosedPhoto, Disclosure
from jinlin.disclosure.providers import beside
from jinlin.disclosure.views.files import photo_answer
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import Gone, NotFound
from jinlin.platform.paging import page_of

PAGE = 20
MOST_COUNTED = 10_000


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Show what is public: search, filters, list and map."""
    form = WantedForm(request.GET)
    rows = queries.records(form.wanted) if form.is_valid() else Disclosure.objects.none()
    page = page_of(
        rows, "happened_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", "")
    )
    return render(
        request,
        "disclosure/public.html",
        {
            "form": form,
            "rows": page.rows,
            "older_url": same_list(request.GET, older=page.older) if page.older else "",
            "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
            "total": rows[:MOST_COUNTED].count(),
            "chips": [(words, same_list(request.GET, without=name)) for name, words in form.in_force()],
            "points_url": reverse("disclosure:points") + same_list(request.GET, ground="on"),
        },
        status=200 if form.is_valid() else 422,
    )


@require_safe
def record(request: HttpRequest, number: str) -> HttpResponse:
    """Show one public record.

    Raises:
        Gone: for one that was taken down.
        NotFound: for everything that was never public.
    """
    shown = queries.record(number)
    if shown is None:
        raise Gone if queries.was_public(number) else NotFound
    photos = list(shown.photos.all())
    return render(
        request,
        "disclosure/record.html",
        {
            "record": shown,
            "beside": beside(request, shown),
            "before": [_photo_url(photo) for photo in photos if photo.moment == DisclosedPhoto.Moment.BEFORE],
            "after": [_photo_url(photo) for photo in photos if photo.moment == DisclosedPhoto.Moment.AFTER],
        },
    )


def _photo_url(photo: DisclosedPhoto) -> str:
    return reverse("disclosure:photo", args=[photo.pk])


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Give the points of the list as GeoJSON; `bbox=west,south,east,north` and the list's filters narrow them."""
    form = PointsForm(request.GET) if request.GET.keys() - set(BoxForm.base_fields) else BoxForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    given = form.cleaned_data
    found = queries.points(form.wanted, given["bbox"], with_ground=given["ground"])
    answer = HttpResponse(found, content_type="application/geo+json")
    patch_cache_control(answer, no_cache=True)
    return answer


@require_safe
def photo(request: HttpRequest, photo_id: int) -> HttpResponse:
    """Give a photo of a record that is public now."""
    shown = queries.public_photo(photo_id)
    if shown is None:
        raise NotFound
    return photo_answer(request, shown.file, public=True)
