"""Photos in a form: stored as soon as they arrive, so that an error elsewhere in the form loses none."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.platform.errors import Invalid
from jinlin.platform.models import StoredFile
from jinlin.platform.photo_fields import PhotosField
from jinlin.platform.photos import keep_photo, photo_of_ticket, photo_ticket
from jinlin.requests.rules import MOST_PHOTOS


class WithPhotos(forms.Form):
    """Adds photos to a form. `kept` are those stored so far, each with a ticket that the page sends along.

    `keep_photos` stores what came; `kept_photos` gives all of them for the action.
    """

    photos = PhotosField(
        label=_("Photos"), help_text=_("At most 9. Where a photo was taken is removed from it."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept: list[tuple[str, StoredFile]] = []

    def keep_photos(self) -> None:
        """Store the uploads beside those that came before; say at the field what was wrong with any of them."""
        left_out = set(self.data.getlist("leave_out"))
        earlier = [ticket for ticket in self.data.getlist("kept") if ticket not in left_out]
        for ticket in earlier[:MOST_PHOTOS]:
            self._try(photo_of_ticket, ticket)
        uploads = self.files.getlist("photos")
        room = MOST_PHOTOS - len(self.kept)
        for upload in uploads[:room]:
            self._try(keep_photo, upload)
        if len(uploads) > room:
            self.add_error("photos", _("At most 9 photos fit; the others were left out."))

    def _try(self, store: Any, given: Any) -> None:
        try:
            file = store(given)
        except Invalid as error:
            self.add_error("photos", str(error.fields["photos"]))
            return
        if file not in self.kept_photos:
            self.kept.append((photo_ticket(file), file))

    @property
    def kept_photos(self) -> Sequence[StoredFile]:
        """The photos that the form has by now, in the order in which they came."""
        return [file for _ticket, file in self.kept]
