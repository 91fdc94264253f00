"""The forms of filings and of work."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.organisations.actions import NewFiling, NewTask
from jinlin.organisations.forms.bodies import ALL, shown
from jinlin.organisations.forms.posts import WhoForm
from jinlin.organisations.models import Body
from jinlin.organisations.queries.filings import Wanted, bodies_with
from jinlin.organisations.states import FilingState, TaskState, Verdict
from jinlin.people.forms import DayField
from jinlin.platform.widgets import Select
from jinlin.playbooks.schema import Filing as FilingKind
from jinlin.playbooks.schema import Post, TaskKind
from jinlin.territory.models import Zone

LONGEST_TITLE = 120


class FilingFilter(forms.Form):
    """The filters of the queue of filings."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=Select)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *FilingState.choices], widget=Select)
    mine = forms.BooleanField(label=_("waiting for my answer"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[FilingKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [ALL, *((row.key, shown(row)) for row in kinds)]

    @property
    def wanted(self) -> Wanted:
        """What the list is narrowed to."""
        return Wanted(**self.cleaned_data) if self.is_valid() else Wanted()


class FilingForm(forms.Form):
    """A matter with a field for each heading of its kind; the name of a heading's field is `words-` and its key."""

    title = forms.CharField(label=_("Matter"), max_length=LONGEST_TITLE)

    def __init__(self, *args: Any, kind: FilingKind, by: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.by = kind, by
        for heading in kind.headings:
            name, area = shown(heading), forms.Textarea({"rows": 3})
            empty = {"required": _("“%(heading)s” is not filled yet.") % {"heading": name}}
            field = forms.CharField(label=name, widget=area, error_messages=empty)
            self.fields[f"words-{heading.key}"] = field

    @property
    def field_names(self) -> dict[str, str]:
        """How the form calls the headings that the action names."""
        return {heading.key: f"words-{heading.key}" for heading in self.kind.headings}

    @property
    def words(self) -> dict[str, str]:
        """What was written under each heading; call it on a valid form."""
        return {heading.key: self.cleaned_data[f"words-{heading.key}"] for heading in self.kind.headings}

    @property
    def new(self) -> NewFiling:
        """The matter to file; call it on a valid form."""
        return NewFiling(self.kind.key, self.cleaned_data["title"], self.by, self.words)


class OwnFilingForm(FilingForm):
    """A matter that the holder of a post files about themselves; its title is written by the platform."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["title"]


class ChoiceForm(FilingForm, WhoForm):
    """A matter about a person: for which post, at which body; its title names the post and never the person."""

    subject = forms.ModelChoiceField(
        label=_("Body with the post"),
        queryset=Body.objects.none(),
        widget=Select,
        error_messages={"required": _("Choose the body at which the post is.")},
    )
    post = forms.ChoiceField(label=_("Post"), widget=forms.RadioSelect)
    field_order = ("phone", "name", "post", "subject")

    def __init__(self, *args: Any, posts: Sequence[Post], by: Body, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        del self.fields["title"]
        self.fields["phone"].error_messages["required"] = _("Say whom it is about.")
        self.posts = {post.key: post for post in posts}
        self.fields["post"].choices = [(post.key, shown(post)) for post in posts]
        self.fields["post"].initial = posts[0].key
        self.fields["subject"].queryset = bodies_with(posts, by)

    @property
    def field_names(self) -> dict[str, str]:
        """How the form calls what the action names."""
        return {**super().field_names, "person": "phone", "title": "subject"}

    @property
    def who(self) -> dict[str, str]:
        """The telephone number and the name of whom it is about."""
        return {"phone": self.cleaned_data["phone"], "name": self.cleaned_data["name"]}

    @property
    def new(self) -> NewFiling:
        """The matter to file, still without its person; call it on a valid form."""
        subject, post = self.cleaned_data["subject"], self.posts[self.cleaned_data["post"]]
        title = f"{post.name}：{subject.name}"[:LONGEST_TITLE]
        return NewFiling(self.kind.key, title, self.by, self.words, subject=subject, post=post.key)


class AnswerForm(forms.Form):
    """The answer of one body."""

    body = forms.ModelChoiceField(label=_("In the name of"), queryset=Body.objects.none(), widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("Answer"), choices=Verdict.choices, widget=forms.RadioSelect)
    ground = forms.CharField(
        label=_("Ground"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed for what does not pass; those who filed it read it."),
    )

    def __init__(self, *args: Any, bodies: Any, about_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies
        if about_person:
            self.fields["ground"].help_text = _(
                "Needed for what does not pass: the legal ground in a few words, nothing from a file. The person reads it."
            )


class WorkFilter(forms.Form):
    """The filters of the board of work."""

    plan = forms.CharField(label=_("Joint plan"), required=False, max_length=64)
    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=Select)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *TaskState.choices], widget=Select)
    late = forms.BooleanField(label=pgettext_lazy("tasks", "overdue"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[TaskKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [ALL, *((row.key, shown(row)) for row in kinds)]


class TaskForm(forms.Form):
    """Work that a body gives to others, or pledges itself."""

    kind = forms.ChoiceField(label=_("Kind of work"), widget=Select)
    title = forms.CharField(label=_("What is to be done"), max_length=120)
    bodies = forms.ModelMultipleChoiceField(
        label=_("Who does it"),
        queryset=Body.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each gets a part of its own."),
    )
    host = forms.ModelChoiceField(label=_("For whom"), queryset=Body.objects.none(), required=False, widget=Select)
    zone = forms.ModelChoiceField(label=_("Estate"), queryset=Zone.objects.none(), required=False, widget=Select)
    plan = forms.CharField(label=_("Joint plan"), required=False, max_length=64)
    due_on = DayField(label=_("Due"))

    def __init__(
        self, *args: Any, giver: Body, kinds: Sequence[TaskKind], bodies: Any, zones: Any, hosts: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.giver = giver
        self.kinds = {row.key: row for row in kinds}
        self.fields["kind"].choices = [(row.key, shown(row)) for row in kinds]
        self.fields["bodies"].queryset = bodies
        self.fields["host"].queryset = hosts
        self.fields["zone"].queryset = zones

    @property
    def is_pledge(self) -> bool:
        """Whether the chosen kind is pledged by the body itself."""
        return not self.kinds[self.cleaned_data["kind"]].by

    @property
    def tasks(self) -> list[NewTask]:
        """The work to give or to pledge; call it on a valid form."""
        given = self.cleaned_data
        zone = given["zone"]
        what = {
            "kind": given["kind"],
            "title": given["title"],
            "due_on": given["due_on"],
            "host": given["host"],
            "zone": zone,
            "place_code": zone.community_code if zone else "",
            "plan": given["plan"],
        }
        if self.is_pledge:
            return [NewTask(body=self.giver, **what)]
        bodies = list(given["bodies"]) or [None]
        return [NewTask(body=body, given_by=self.giver, **what) for body in bodies]


class WordsForm(forms.Form):
    """A few words, for a report or a reason."""

    words = forms.CharField(label=_("In words"), max_length=300, widget=forms.Textarea({"rows": 3}))


class HandOverForm(WordsForm):
    """To whom work goes on, and why."""

    body = forms.ModelChoiceField(label=_("To"), queryset=Body.objects.none(), widget=Select)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies
        self.order_fields(["body", "words"])
