"""Ties cleaned photos to the step of a request that they came with."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jinlin.platform.errors import Invalid
from jinlin.platform.models import StoredFile
from jinlin.requests.models import Request, RequestPhoto, Step
from jinlin.requests.rules import MOST_PHOTOS


def attach_photos(request: Request, step: Step, photos: Sequence[StoredFile], moment: str) -> None:
    """Add the photos to the step, in the order given; a photo sent twice counts once.

    Raises:
        Invalid: for more than nine.
    """
    files = list(dict.fromkeys(photos))
    if len(files) > MOST_PHOTOS:
        raise Invalid(fields={"photos": _("At most %(most)s photos fit.") % {"most": MOST_PHOTOS}})
    RequestPhoto.objects.bulk_create(
        RequestPhoto(request=request, step_number=step.number, file=file, moment=moment, order=order)
        for order, file in enumerate(files, start=1)
    )
