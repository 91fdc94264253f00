"""The shell around every page: its language, its messages, its bars."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from jinlin.platform.access import actor_of
from jinlin.web import navigation, states
from jinlin.web.components.marks import icon

register = template.Library()


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
def bar_sections(door: str, request: HttpRequest | None = None) -> list[navigation.Section]:
    """Return the entries of a door's bar by their groups: those whose pages exist, and that the posts of whoever looks open."""
    if request is None:
        return navigation.sections(door, "")
    known = navigation.has_restricted(door) and hasattr(request, "user")
    return navigation.sections(door, request.path, actor_of(request).roles if known else None)
