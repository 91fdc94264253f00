"""The components that page authors use; docs/developers/components.md has an example of each."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jinlin.platform.access import actor_of
from jinlin.platform.wording import in_a_row
from jinlin.web import clockwords, errorwords, navigation, photos, states

register = template.Library()

NOTHING = mark_safe("")


# --- words and marks: cheap enough for every row of a long table ---


register.filter("in_a_row", in_a_row)


@register.simple_tag
def listed(*words: str | None) -> str:
    """Show in one line those of the words that there are."""
    return in_a_row(filter(None, words))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Show an icon of the sprite; without a `label` it is decoration beside a word."""
    return _icon(name, label)


# A page shows the same few icons and chips hundreds of times; building each once keeps long tables cheap.
@lru_cache(maxsize=512)
def _icon(name: str, label: str = "") -> SafeString:
    sprite = static("jinlin/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, sprite, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag
def chip(state: str = "", *, tone: str = "", word: str = "", icon: str = "") -> SafeString:
    """Show a state as icon, word and tint; either a known state or a tone with its word."""
    return _chip(state, tone, str(word), icon, get_language())


@lru_cache(maxsize=512)
def _chip(state: str, tone: str, word: str, icon: str, language: str | None) -> SafeString:
    look = states.REQUEST_LOOKS.get(state) or states.Look(tone or "quiet", states.TONE_ICONS[tone or "quiet"], state)
    return format_html(
        '<span class="chip tone-{}">{}{}</span>', tone or look.tone, _icon(icon or look.icon), word or look.word
    )


@register.simple_tag
def due(
    due_at: datetime | None,
    *,
    ended_at: datetime | None = None,
    warns_at: datetime | None = None,
    paused: object = False,
    working_days: int | None = None,
    now: datetime | None = None,
) -> SafeString:
    """Say how long is left until `due_at`, or by how much it was missed; nothing when there is no deadline.

    `warns_at` is when it is due soon (a day before, where nobody says); `paused` that the clock stands.
    """
    if not due_at:
        return _paused() if paused and not ended_at else NOTHING
    said = clockwords.due_words(
        due_at, ended_at=ended_at or None, warns_at=warns_at, paused=bool(paused), working_days=working_days, now=now
    )
    # No part of it comes from people, so it is put together without format_html, which would cost more than the rest.
    exact, iso = clockwords.exact_time(due_at), due_at.isoformat(timespec="minutes")
    return SafeString(f'<time class="due tone-{said.tone}" datetime="{iso}" title="{exact}">{said.words}</time>')


def _paused() -> SafeString:
    return format_html('<span class="due tone-paused">{}</span>', clockwords.paused_words())


@register.simple_tag
def moment(at: datetime | None) -> SafeString:
    """Show a past or future moment to the minute."""
    if at is None:
        return NOTHING
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), clockwords.exact_time(at))


@register.simple_tag
def count(value: int | None, unit: str = "", *, protected: bool = False) -> str:
    """Write a count with its unit; `protected` counts under 5 and missing ones are said in words."""
    if value is None:
        return _("no data yet")
    if protected and value < 5:
        return _("under 5, not shown")
    return f"{value:,}{unit}"


@register.simple_tag
def number_link(value: int | None, url: str, label: str, unit: str = "", *, protected: bool = False) -> SafeString:
    """Show a number that leads to exactly the rows it counts."""
    words = count(value, unit, protected=protected)
    if value is None or (protected and value < 5):
        return format_html('<span class="number">{} <b>{}</b></span>', label, words)
    name = _("%(label)s %(count)s, see the list") % {"label": label, "count": words}
    return format_html(
        '<a class="number" href="{}" aria-label="{}">{} <b>{}</b></a>', url, name.replace("  ", " "), label, words
    )


@register.simple_tag
def receipt(code: str, label: str = "") -> SafeString:
    """Show a code in large type, with a button that copies it."""
    return _part("receipt", code=code, label=label or _("Number"))


# --- forms ---


def _kind(bound: BoundField) -> str:
    """Return how a field is laid out: choices, tick, file or line."""
    name = type(bound.field.widget).__name__
    if name in {"RadioSelect", "CheckboxSelectMultiple"}:
        return "choices"
    if name == "CheckboxInput":
        return "tick"
    return "file" if getattr(bound.field.widget, "input_type", "") == "file" else "line"


WIDGET_CLASSES = {"Textarea": "textarea", "Select": "select", "SelectMultiple": "select"}


def _widget_attrs(bound: BoundField, kind: str) -> dict[str, str | bool]:
    """Return class and ARIA attributes that tie the control to its hint and error."""
    by_kind = {"tick": "checkbox", "file": "file-input", "choices": ""}
    class_name = by_kind.get(kind, WIDGET_CLASSES.get(type(bound.field.widget).__name__, "input"))
    own = bound.field.widget.attrs.get("class", "")
    described = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    # Hints stand above a control, never in it, also in forms that a library brings.
    attrs: dict[str, str | bool] = {"class": f"{class_name} {own}".strip(), "placeholder": False}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return attrs


@register.simple_tag
def field(bound: BoundField, *, label: str = "", optional_mark: bool = True) -> SafeString:
    """Show a Django form field: label, hint above the control, error in the summary's words, control."""
    if bound.is_hidden:
        return bound.as_widget()
    kind = _kind(bound)
    attrs = _widget_attrs(bound, kind)
    if kind == "choices":
        attrs = {name: value for name, value in attrs.items() if name == "class" and value}
    return _part(
        f"field_{kind}",
        bound=bound,
        label=label or bound.label,
        optional=optional_mark and not bound.field.required and kind != "tick",
        control=bound.as_widget(attrs=attrs) if kind != "choices" else "",
        options=bound.subwidgets if kind == "choices" else [],
        option_type="radio" if type(bound.field.widget).__name__ == "RadioSelect" else "checkbox",
    )


register.filter("errors_in_words", errorwords.errors_in_words)


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """List a form's errors, each a link to its field; takes the focus. Nothing when the form has none."""
    if not form.errors:
        return NOTHING
    wrong = [form[name] for name in form.errors if name != "__all__"]
    lines = [(_target(bound), words) for bound in wrong for words in errorwords.errors_in_words(bound)]
    return _part("error_summary", general=form.non_field_errors(), lines=lines)


def _target(bound: BoundField) -> str:
    """Return the id that an error's link leads to: the control, or the first of several."""
    return f"{bound.auto_id}_0" if _kind(bound) == "choices" else bound.auto_id


@register.simple_tag
def error_prefix(form: BaseForm | None) -> str:
    """Return what a page's title starts with when its form was sent back."""
    return _("Error: ") if form is not None and form.errors else ""


@register.simple_tag
def photo_picker(bound: BoundField, *, most: int = 9) -> SafeString:
    """Show a file field for photos; with scripts they are shrunk, shown and counted before they are sent."""
    return _part(
        "photo_picker",
        bound=bound,
        most=most,
        control=bound.as_widget(attrs=_widget_attrs(bound, "file") | {"accept": "image/*", "data-photos-input": ""}),
    )


@register.simple_tag
def map_picker(
    *, places_url: str, boundaries_url: str = "", name: str = "place", latitude: str = "", longitude: str = ""
) -> SafeString:
    """Offer a map with a fixed crosshair; the nearest places become radios named `name`. Needs scripts."""
    return _part(
        "map_picker",
        places_url=places_url,
        boundaries_url=boundaries_url,
        name=name,
        latitude=latitude,
        longitude=longitude,
    )


@register.simple_tag
def draft_done(key: str) -> SafeString:
    """Say on the page after a form was sent that its draft under `key` may go."""
    return format_html('<span hidden data-draft-done="{}"></span>', key)


@register.simple_tag
def who_sees(public: str = "", private: str = "") -> SafeString:
    """Say above a send button what becomes public and what does not."""
    return _part("who_sees", public=public, private=private)


# --- blocks of a page ---


def _part(name: str, /, **values: Any) -> SafeString:
    return render_to_string(f"web/components/{name}.html", values)


@register.simple_tag
def alert(tone: str, title: str, body: str = "") -> SafeString:
    """Show a notice inside a page: tone done, soon, overdue, working, brand or paused."""
    return _part("alert", tone=tone, title=title, body=body, icon_name=states.TONE_ICONS[tone])


@register.simple_tag
def emergency(words: str = "") -> SafeString:
    """Show the three emergency numbers at once, as links that dial."""
    return _part("emergency", words=words)


@register.simple_tag
def empty_state(title: str, body: str = "", *, url: str = "", action: str = "", icon: str = "inbox") -> SafeString:
    """Say what belongs in an empty list and how it gets filled, with one button."""
    return _part("empty_state", title=title, body=body, url=url, action=action, icon_name=icon)


@register.simple_tag
def request_card(
    *,
    url: str,
    words: str,
    state: str,
    due_at: datetime | None = None,
    ended_at: datetime | None = None,
    paused: bool = False,
    place: str = "",
    others: int = 0,
    photo: str = "",
    level: int = 2,
) -> SafeString:
    """Show one request as one link: its words, chip, clock, place, how many others met it, one photo."""
    return _part(
        "request_card",
        url=url,
        words=words,
        state=state,
        due_at=due_at,
        ended_at=ended_at,
        paused=paused,
        place=place,
        others=others,
        photo=photo,
        level=level,
    )


@register.simple_tag
def timeline(entries: Iterable[Mapping[str, Any]]) -> SafeString:
    """Show what happened, the newest first; keys of an entry: state, body, by, at, words, before, after, reason, approver."""
    return _part("timeline", entries=list(entries))


@register.simple_tag
def stepper(steps: Iterable[Mapping[str, Any]], label: str = "") -> SafeString:
    """Show ordered steps; keys of a step: word, state (done, now, to_come), url (optional)."""
    return _part("stepper", steps=list(steps), label=label or _("Steps"))


@register.simple_tag
def filter_chips(chosen: Iterable[tuple[str, str]], clear_url: str = "") -> SafeString:
    """Show the filters in force, each a link (words, address without it) that takes it away."""
    return _part("filter_chips", chosen=list(chosen), clear_url=clear_url)


@register.simple_tag
def pager(older_url: str = "", newer_url: str = "", *, total: int | None = None, unit: str = "") -> SafeString:
    """Lead to earlier and later rows by key; `total` is said when it is known."""
    return _part("pager", older_url=older_url, newer_url=newer_url, total=total, unit=unit)


@register.simple_tag
def bulk_bar(form_id: str, actions: Iterable[tuple[str, str]], *, on_page: int, total: int, unit: str) -> SafeString:
    """Show the buttons (value, word) of a list form `form_id`: for ticked rows, this page, or all that match."""
    return _part("bulk_bar", form_id=form_id, actions=list(actions), on_page=on_page, total=total, unit=unit)


@register.simple_tag
def progress_bar(done: int, total: int, label: str) -> SafeString:
    """Show how far a long job is, in a bar and in numbers."""
    return _part("progress_bar", done=done, total=total, label=label)


@register.simple_tag
def definitions(pairs: Iterable[tuple[str, Any]]) -> SafeString:
    """Show names with their values as a definition list."""
    rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", pairs)
    return format_html('<dl class="definitions">{}</dl>', rows)


@register.simple_tag
def data_table(
    caption: str, columns: Iterable[str], rows: Iterable[Iterable[Any]], *, numeric: int = 0, table_id: str = ""
) -> SafeString:
    """Show a small table whose first cell names the row; the last `numeric` columns are right-aligned."""
    heads = list(columns)
    first_number = len(heads) - numeric
    marked = [(head, index >= first_number) for index, head in enumerate(heads)]
    body = [[(cell, index >= first_number) for index, cell in enumerate(row)] for row in rows]
    return _part("data_table", caption=caption, columns=marked, rows=body, table_id=table_id)


@register.simple_tag
def photo_strip(before: Iterable[Any] = (), after: Iterable[Any] = ()) -> SafeString:
    """Show photos taken before and after; a photo is an address, or has `url`, `thumbnail` and `words`."""
    return _part("photo_strip", before=photos.shown(before), after=photos.shown(after))


@register.simple_block_tag
def map_island(content: str, *, url: str, label: str, table: str = "", opened: bool = False) -> SafeString:
    """Show areas or points of a GeoJSON address above their list twin, which is the block's content.

    `table` is the id of the twin table: a click on the feature whose `code` equals a row's `data-code` selects it.
    An `opened` map loads as soon as it comes into view, any other on a tap.
    """
    return _part("map_island", url=url, label=label, table=table, opened=opened, content=content)


@register.simple_block_tag
def chart(content: str, *, kind: str = "bar", label: str, stacked: bool = False, opened: bool = False) -> SafeString:
    """Show bars or lines drawn from the table that is the block's content, in the same box.

    An `opened` chart loads as soon as it comes into view, any other on a tap.
    """
    return _part("chart", kind=kind, label=label, stacked=stacked, opened=opened, content=content)


# --- the shell ---


@register.filter
def language_tag(code: str) -> str:
    """Write a language code as HTML wants it: zh-hans becomes zh-Hans."""
    language, _dash, script = code.partition("-")
    return f"{language}-{script.title()}" if script else language


MESSAGE_TONES = {"success": "done", "warning": "soon", "error": "overdue"}


@register.filter
def message_tone(message: Any) -> str:
    """Return the tone of a one-time message."""
    return MESSAGE_TONES.get(message.level_tag, "brand")


@register.simple_tag
def tone_icon(tone: str) -> SafeString:
    """Show the icon that stands for a tone."""
    return icon(states.TONE_ICONS[tone])


@register.simple_tag
def bar_links(door: str, request: HttpRequest | None = None) -> list[navigation.Link]:
    """Return the entries of a door's bar whose pages exist, and that the posts of whoever looks open."""
    if request is None:
        return navigation.links(door, "")
    known = navigation.has_restricted(door) and hasattr(request, "user")
    return navigation.links(door, request.path, actor_of(request).roles if known else None)
