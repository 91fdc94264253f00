"""Blocks of a page: notices, cards, lists, tables, photos, maps and charts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jinlin.web import photos, states
from jinlin.web.components.parts import part

register = template.Library()


@register.simple_tag
def alert(tone: str, title: str, body: str = "") -> SafeString:
    """Show a notice inside a page: tone done, soon, overdue, working, brand or paused."""
    return part("alert", tone=tone, title=title, body=body, icon_name=states.TONE_ICONS[tone])


@register.simple_tag
def emergency(words: str = "") -> SafeString:
    """Show the three emergency numbers at once, as links that dial."""
    return part("emergency", words=words)


@register.simple_tag
def empty_state(title: str, body: str = "", *, url: str = "", action: str = "", icon: str = "inbox") -> SafeString:
    """Say what belongs in an empty list and how it gets filled, with one button."""
    return part("empty_state", title=title, body=body, url=url, action=action, icon_name=icon)


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
    return part(
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
    return part("timeline", entries=list(entries))


@register.simple_tag
def stepper(steps: Iterable[Mapping[str, Any]], label: str = "") -> SafeString:
    """Show ordered steps; keys of a step: word, state (done, now, to_come), url (optional)."""
    return part("stepper", steps=list(steps), label=label or _("Steps"))


@register.simple_tag
def filter_chips(chosen: Iterable[tuple[str, str]], clear_url: str = "") -> SafeString:
    """Show the filters in force, each a link (words, address without it) that takes it away."""
    return part("filter_chips", chosen=list(chosen), clear_url=clear_url)


@register.simple_tag
def pager(older_url: str = "", newer_url: str = "", *, total: int | None = None, unit: str = "") -> SafeString:
    """Lead to earlier and later rows by key; `total` is said when it is known."""
    return part("pager", older_url=older_url, newer_url=newer_url, total=total, unit=unit)


@register.simple_tag
def bulk_bar(form_id: str, actions: Iterable[tuple[str, str]], *, on_page: int, total: int, unit: str) -> SafeString:
    """Show the buttons (value, word) of a list form `form_id`: for ticked rows, this page, or all that match."""
    return part("bulk_bar", form_id=form_id, actions=list(actions), on_page=on_page, total=total, unit=unit)


@register.simple_tag
def progress_bar(done: int, total: int, label: str) -> SafeString:
    """Show how far a long job is, in a bar and in numbers."""
    return part("progress_bar", done=done, total=total, label=label)


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
    return part("data_table", caption=caption, columns=marked, rows=body, table_id=table_id)


@register.simple_tag
def photo_strip(before: Iterable[Any] = (), after: Iterable[Any] = ()) -> SafeString:
    """Show photos taken before and after; a photo is an address, or has `url`, `thumbnail` and `words`."""
    return part("photo_strip", before=photos.shown(before), after=photos.shown(after))


@register.simple_block_tag
def map_island(content: str, *, url: str, label: str, table: str = "", opened: bool = False) -> SafeString:
    """Show areas or points of a GeoJSON address above their list twin, which is the block's content.

    `table` is the id of the twin table: a click on the feature whose `code` equals a row's `data-code` selects it.
    An `opened` map loads as soon as it comes into view, any other on a tap.
    """
    return part("map_island", url=url, label=label, table=table, opened=opened, content=content)


@register.simple_block_tag
def chart(content: str, *, kind: str = "bar", label: str, stacked: bool = False, opened: bool = False) -> SafeString:
    """Show bars or lines drawn from the table that is the block's content, in the same box.

    An `opened` chart loads as soon as it comes into view, any other on a tap.
    """
    return part("chart", kind=kind, label=label, stacked=stacked, opened=opened, content=content)
