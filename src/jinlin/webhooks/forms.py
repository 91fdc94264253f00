"""The form by which an address is registered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.webhooks.addresses import LONGEST_URL
from jinlin.webhooks.rules import OFFERED


class WebhookForm(forms.Form):
    """Where to call, for which place, and of what."""

    url = forms.CharField(
        label=_("Address"),
        help_text=_("The other system's operator names it; it begins with https://."),
        max_length=LONGEST_URL,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    place_code = forms.ChoiceField(label=_("For which place"))
    events = forms.MultipleChoiceField(
        label=_("Of what it is told"),
        choices=[(event.value, event.label) for event in OFFERED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place_code"].choices = places
