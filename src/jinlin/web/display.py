"""How a reader wants pages to look: text mode, theme and language, remembered in cookies."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

YEAR_SECONDS = 365 * 24 * 3600

TEXT_MODES = {"standard": _("Standard"), "large": _("Large"), "extra": _("Extra large")}
THEMES = {"light": _("Light"), "dark": _("Dark"), "contrast": _("High contrast")}

COOKIES = {"text": "jinlin_text", "theme": "jinlin_theme"}
CHOICES = {"text": TEXT_MODES, "theme": THEMES}


def chosen(request: HttpRequest, what: str) -> str:
    """Return the remembered choice of `what` ("text" or "theme"), or an empty string."""
    value = request.COOKIES.get(COOKIES[what], "")
    return value if value in CHOICES[what] else ""


def next_text_mode(mode: str) -> str:
    """Return the mode that one tap leads to: larger, and from the largest back to standard."""
    modes = list(TEXT_MODES)
    return modes[(modes.index(mode) + 1) % len(modes)]


def _set(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure(), httponly=True)


def remember(request: HttpRequest, response: HttpResponse, wishes: dict[str, str]) -> None:
    """Put the known ones of `wishes` (text, theme, lang) into cookies on the response; others are ignored."""
    for what, choices in CHOICES.items():
        if wishes.get(what) in choices:
            _set(request, response, COOKIES[what], wishes[what])
    if wishes.get("lang") in dict(settings.LANGUAGES):
        _set(request, response, settings.LANGUAGE_COOKIE_NAME, wishes["lang"])
