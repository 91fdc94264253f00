"""What every page of the shell needs to know besides its own matter."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest

from jinlin.people.queries import unread_in_header
from jinlin.web import display, navigation


def contact(request: HttpRequest) -> dict[str, str]:
    """Return the district's name, telephone number and opening hours; the operator's own where no district was found."""
    district = getattr(request, "district", None)
    return {
        "place_name": district.name if district else settings.JINLIN_PLACE_NAME,
        "phone": (district and district.service_phone) or settings.JINLIN_PHONE,
        "opening_hours": (district and district.service_hours) or settings.JINLIN_OPENING_HOURS,
    }


def unread(request: HttpRequest) -> int:
    """Return how many new notices wait for the person at the page; asked for only where a template shows it."""
    user = getattr(request, "user", None)  # a request refused at the door has none
    return unread_in_header(user.person_id) if user and user.is_authenticated else 0


def shell(request: HttpRequest) -> dict[str, dict]:
    """Give templates `shell`: contact, display choices and the addresses in the page header."""
    text = display.chosen(request, "text") or "standard"
    next_text = display.next_text_mode(text)
    return {
        "shell": {
            **contact(request),
            "text": text,
            "next_text": next_text,
            "next_text_word": display.TEXT_MODES[next_text],
            "theme": display.chosen(request, "theme"),
            "text_modes": display.TEXT_MODES,
            "themes": display.THEMES,
            "languages": settings.LANGUAGES,
            "search_url": navigation.page_url(navigation.SEARCH_PAGE),
            "me_url": navigation.page_url(navigation.ME_PAGE),
            "sign_in_url": navigation.page_url(navigation.SIGN_IN_PAGE),
            "unread": partial(unread, request),
            "address": f"{settings.JINLIN_BASE_URL}{request.path}",
        }
    }
