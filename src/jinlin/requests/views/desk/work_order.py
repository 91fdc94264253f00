"""A request as a work order on paper: what is to be done, where, by when, and a code that leads back to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.requests.models import RequestPhoto
from jinlin.requests.queries.choices import category_names
from jinlin.requests.queries.resident import photos_by_step
from jinlin.requests.timeline import photo_address
from jinlin.requests.views.desk.door import desk_page, request_of
from jinlin.territory.codes_to_scan import qr_picture

MOST_PHOTOS = 4


@never_cache
@require_safe
@desk_page
def work_order(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Show a page to print; who raised it is not on it, since paper lies about."""
    found = request_of(actor, request_id)
    address = request.build_absolute_uri(reverse("requests:field-one", args=[found.pk]))
    photos = [photo for taken in photos_by_step(found).values() for photo in taken]
    before = [photo for photo in photos if photo.moment == RequestPhoto.Moment.BEFORE]
    shown = {
        "found": found,
        "category": category_names().get(found.category, ""),
        "address": address,
        "picture": qr_picture(address),
        "photos": [photo_address(photo.pk) for photo in before[:MOST_PHOTOS]],
        "printed_at": now(),
    }
    return render(request, "requests/desk/work_order.html", shown)
