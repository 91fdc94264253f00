"""The forms with which an administrator gives posts and ends them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.people.forms import DayField
from jinlin.platform.dates import today
from jinlin.playbooks.schema import Post
from jinlin.territory.models import Zone


class PostForm(forms.Form):
    """A post at a body, over all of its place or over a part, for a term."""

    post = forms.ChoiceField(label=_("Post"), widget=forms.RadioSelect)
    zone = forms.ModelChoiceField(
        label=_("Only for a part"),
        queryset=Zone.objects.none(),
        required=False,
        empty_label=_("the whole area of the body"),
    )
    term_from = DayField(label=_("First day"), initial=today)
    term_to = DayField(label=_("Last day"), required=False)
    source = forms.CharField(
        label=_("Document"), required=False, max_length=120, help_text=_("Number or name of the decision.")
    )

    def __init__(self, *args: Any, posts: Sequence[Post], place_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = posts
        self.fields["post"].choices = [(str(number), post.name) for number, post in enumerate(posts)]
        zones = Zone.objects.filter(community_code__startswith=place_code, valid_to__isnull=True)
        self.fields["zone"].queryset = zones.order_by("kind", "label")

    @property
    def chosen(self) -> Post:
        """The post that was chosen."""
        return self.posts[int(self.cleaned_data["post"])]


class EndPostForm(forms.Form):
    """With which day a post ends."""

    last_day = DayField(label=_("Last day"))
