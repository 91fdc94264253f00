"""What stands beside the requests of a page: last words, times of change, places, photos; one statement for each kind."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from jinlin.disclosure.models import DisclosedPhoto, Disclosure
from jinlin.requests.models import Request, RequestPhoto, Step
from jinlin.requests.states import Verb
from jinlin.requests.timeline import HIDDEN
from jinlin.territory.models import Place

NOWHERE = Place()


def told_steps(steps: QuerySet[Step] | None = None) -> QuerySet[Step]:
    """Return the steps of which those who raised a request learn."""
    rows = Step.objects.all() if steps is None else steps
    return rows.exclude(verb__in=HIDDEN).exclude(Q(verb=Verb.ADD, note=""))


class Beside:
    """The things beside some requests and some public records, each read when it is first asked for."""

    def __init__(self, own: Sequence[Request], public: Sequence[Disclosure], absolute: Callable[[str], str]) -> None:
        self._own, self._public, self._absolute = own, public, absolute

    @cached_property
    def last_words(self) -> dict[int, str]:
        """The newest words to whoever raised it, by the request's id."""
        steps = told_steps().filter(request__in=[row.pk for row in self._own]).exclude(note="")
        return dict(steps.order_by("request_id", "number").values_list("request_id", "note"))

    @cached_property
    def changed(self) -> dict:
        """When the last step was taken of which the public may know, by the request's id."""
        ids = [row.pk for row in self._own] + [record.subject_id for record in self._public]
        steps = told_steps().filter(request__in=ids).order_by().values("request_id")
        return dict(steps.annotate(last=Max("at")).values_list("request_id", "last"))

    def place(self, code: str) -> Place:
        """Return a place with its address and point; an empty one for a code that nobody knows."""
        return self._places.get(code, NOWHERE)

    @cached_property
    def _places(self) -> dict[str, Place]:
        codes = {row.place_code for row in self._own}
        return {place.code: place for place in Place.objects.filter(code__in=codes).defer("boundary", "search")}

    def own_media(self, request: Request) -> tuple[str, ...]:
        """Return the addresses of a request's photos, which its callers open with their key."""
        photos = self._own_photos.get(request.pk, ())
        return tuple(self._absolute(reverse("api:read_photo", args=[request.pk, photo])) for photo in photos)

    @cached_property
    def _own_photos(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        rows = RequestPhoto.objects.filter(request__in=[row.pk for row in self._own])
        for request, photo in rows.values_list("request_id", "pk"):
            found[request].append(photo)
        return found

    def public_media(self, record: Disclosure) -> tuple[str, ...]:
        """Return the addresses of a public record's photos, which are open to all."""
        photos = self._public_photos.get(record.pk, ())
        return tuple(self._absolute(reverse("disclosure:photo", args=[photo])) for photo in photos)

    @cached_property
    def _public_photos(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        rows = DisclosedPhoto.objects.filter(disclosure__in=[record.pk for record in self._public])
        for record, photo in rows.values_list("disclosure_id", "pk"):
            found[record].append(photo)
        return found
