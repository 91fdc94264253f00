"""What is known of a request while it is being written, to look for the same one."""

from django import forms

from jinlin.platform.access import Actor
from jinlin.requests.forms.place import WithPlace
from jinlin.requests.queries.resident import offered_places


class SimilarForm(WithPlace):
    """Words, place and category so far; anything may still be missing."""

    text = forms.CharField(required=False, max_length=5_000)
    category = forms.CharField(required=False, max_length=6)
    another = forms.BooleanField(required=False)

    def look_at(self, actor: Actor) -> str:
        """Return the code of the place to look at: the one that was chosen, else where the actor lives."""
        offered = offered_places(actor)
        return self.where().place_code or (offered[0] if offered else "")
