"""Words and marks: cheap enough for every row of a long table."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jinlin.platform.wording import in_a_row
from jinlin.web import clockwords, states
from jinlin.web.components.parts import NOTHING, part

register = template.Library()
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
    return part("receipt", code=code, label=label or _("Number"))
