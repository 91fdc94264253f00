"""The entry of what somebody says by telephone or at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.requests.actions import Contact, Report
from jinlin.requests.forms import SentOnceForm
from jinlin.requests.forms.fields import CategoryField, words_field
from jinlin.requests.forms.photos import WithPhotos
from jinlin.requests.forms.place import WithPlace
from jinlin.requests.models import Channel, Function
from jinlin.requests.rules import LONGEST_TITLE


class EntryForm(WithPhotos, WithPlace, SentOnceForm):
    """What somebody says by telephone or at the desk."""

    CHANNELS = [Channel.PHONE, Channel.WALK_IN, Channel.HOTLINE, Channel.PAPER, Channel.WECHAT]

    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(one.value, one.label) for one in CHANNELS], widget=forms.RadioSelect
    )
    text = words_field(_("In their own words"), rows=5)
    title = forms.CharField(label=_("In one line"), required=False, max_length=LONGEST_TITLE)
    function = forms.ChoiceField(
        label=_("What they want"),
        choices=[(value, name) for value, name in Function.choices if value != Function.WISH],
        initial=Function.HELP,
    )
    category = CategoryField(label=_("Category"), required=False, help_text=_("If it is clear already."))
    name = forms.CharField(label=_("Name"), required=False, max_length=60)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=24)
    anonymous = forms.BooleanField(label=_("They want to stay anonymous"), required=False)
    wished_public = forms.BooleanField(
        label=_("They wish it to be public"),
        required=False,
        help_text=_("A person looks at it first; name and number stay covered."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].fill([("", _("not yet"))])
        self.initial.setdefault("channel", Channel.PHONE)

    def report(self) -> Report:
        """Return what was said, as the action takes it."""
        given = self.cleaned_data
        names = ("text", "title", "category", "function", "channel", "anonymous", "wished_public")
        return Report(**{name: given[name] for name in names}, where=self.where(), photos=self.kept_photos)

    def contact(self) -> Contact:
        """Return how they can be reached."""
        return Contact(self.cleaned_data["name"], self.cleaned_data["phone"])
