"""The forms with which posts are given, ended, handed over and stood in for, and the filter of their list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.duty_hours import EXAMPLE, Span, UnreadableHours, read_hours
from jinlin.people.forms import DayField, MobileField
from jinlin.platform.dates import today
from jinlin.playbooks.schema import Playbook, Post
from jinlin.territory.models import Place, Zone


class HoursField(forms.CharField):
    """Hours of duty as people write them; its value is their spans."""

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "label": _("Hours of duty"),
            "required": False,
            "max_length": 200,
            "help_text": _("Days, then hours; several are parted by a semicolon."),
            "widget": forms.TextInput(attrs={"placeholder": EXAMPLE}),
        }
        super().__init__(**words | kwargs)

    def clean(self, value: Any) -> tuple[Span, ...]:
        """Return the spans.

        Raises:
            ValidationError: for words that say no hours.
        """
        try:
            return read_hours(super().clean(value))
        except UnreadableHours as error:
            why = _("“%(part)s” says no hours; write them as %(example)s.") % {"part": error.part, "example": EXAMPLE}
            raise forms.ValidationError(why, code="unreadable") from None


class PostForm(forms.Form):
    """A post at a body, over all of its place or over a part, for a term."""

    post = forms.ChoiceField(label=_("Post"), widget=forms.RadioSelect)
    origin = forms.ChoiceField(label=_("Where the holder comes from"), required=False)
    scope = forms.ChoiceField(label=_("Only for a part"), required=False)
    term_from = DayField(label=_("First day"), initial=today)
    term_to = DayField(label=_("Last day"), required=False)
    hours = HoursField()
    source = forms.CharField(
        label=_("Document"), required=False, max_length=120, help_text=_("Number or name of the decision.")
    )

    def __init__(
        self, *args: Any, posts: Sequence[Post], place_code: str, zone: Zone | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.posts = posts
        self.fields["post"].choices = [(str(number), post.name) for number, post in enumerate(posts)]
        sources = {source.key: source.name for post in posts for source in post.sources}
        if sources:
            self.fields["origin"].choices = [("", _("not asked for this post")), *sources.items()]
        else:
            del self.fields["origin"]
        self.fields["scope"].choices = [("", _("the whole area of the body")), *_parts(posts, place_code, zone)]

    @property
    def chosen(self) -> Post:
        """The post that was chosen."""
        return self.posts[int(self.cleaned_data["post"])]

    @property
    def place_code(self) -> str:
        """The code of the building or entrance that was chosen, empty for none."""
        kind, _colon, key = self.cleaned_data["scope"].partition(":")
        return key if kind == "place" else ""

    @property
    def zone(self) -> Zone | None:
        """The zone that was chosen."""
        kind, _colon, key = self.cleaned_data["scope"].partition(":")
        return Zone.objects.get(pk=int(key)) if kind == "zone" else None


MOST_PARTS = 2_000


def _parts(posts: Sequence[Post], place_code: str, zone: Zone | None) -> list[tuple[str, str]]:
    """Return the zones and buildings that these posts may be for, as choices."""
    levels = {post.level for post in posts}
    kinds = levels & {kind.value for kind in Zone.Kind}
    zones = Zone.objects.filter(community_code__startswith=place_code[:12], kind__in=kinds, valid_to__isnull=True)
    found = [(f"zone:{row.pk}", row.name) for row in zones.order_by("kind", "label")[:MOST_PARTS]]
    lengths = [length for level, length in (("building", 16), ("entrance", 18)) if level in levels]
    places = Place.objects.filter(code__startswith=place_code, level__in=lengths, valid_to__isnull=True)
    if zone is not None and zone.kind in {Zone.Kind.GRID, Zone.Kind.ESTATE}:
        places = places.filter(**{zone.kind: zone})
    rows = places.order_by("code").values_list("code", "address")[:MOST_PARTS]
    return [*found, *((f"place:{code}", address) for code, address in rows)]


class EndPostForm(forms.Form):
    """With which day a post ends."""

    last_day = DayField(label=_("Last day"))


class WhoForm(forms.Form):
    """Somebody known by a telephone number, or by name and number where nobody is yet."""

    phone = MobileField(help_text=_("Somebody who has proved this number is found by it."))
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=60,
        help_text=_("Only for somebody whom the platform does not know yet."),
    )


class GivePostForm(PostForm, WhoForm):
    """A post for somebody known by telephone number."""

    field_order = ("phone", "name", "post", "origin", "scope", "term_from", "term_to", "hours", "source")


class RecallForm(EndPostForm):
    """The end of a post before its time, with a reason, and with a successor where there is one."""

    because = forms.CharField(label=_("Why"), max_length=120, help_text=_("The holder reads it."))
    phone = MobileField(
        label=_("Telephone number of the successor"),
        required=False,
        help_text=_("Takes the open work over from the next day. Leave it empty where nobody is named yet."),
    )
    name = forms.CharField(label=_("Name of the successor"), required=False, max_length=60)


class DeputyForm(WhoForm):
    """Who stands in, and for which days of leave."""

    first_day = DayField(label=_("First day of the leave"))
    last_day = DayField(label=_("Last day of the leave"))


class PostFilterForm(forms.Form):
    """The filter of the list of posts; what is wrong in it counts as not asked for."""

    key = forms.ChoiceField(label=_("Post"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("serving", _("in office")), ("offers", _("asked, no answer yet")), ("deputies", _("deputies"))],
    )
    body = forms.CharField(label=_("Body"), required=False, max_length=64)
    place = forms.CharField(label=_("Place code"), required=False, max_length=22)
    on = DayField(label=_("On the day"), required=False)

    def __init__(self, *args: Any, playbook: Playbook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [("", _("all posts")), *((post.key, post.name) for post in playbook.post)]
