"""Where it is, in a form: a place from the lists, a point, or the person's own words; all may be left out."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor
from jinlin.requests.actions import Where
from jinlin.territory.forms import PicksPlaces, PlaceField


class WithPlace(PicksPlaces, forms.Form):
    """Adds the place to a form; `where` gives it as the action takes it."""

    place = PlaceField(label=_("Where is it"), required=False)

    def offer_places(self, actor: Actor, codes: Sequence[str]) -> None:
        """Offer these places at once, and homes as far as the actor may see them."""
        self.fields["place"].use(actor, offered=codes, near=codes[0] if codes else "")

    def where(self) -> Where:
        """Return what was entered."""
        chosen = self.cleaned_data["place"]
        return Where(place_code=chosen.code, words=chosen.words, longitude=chosen.longitude, latitude=chosen.latitude)
