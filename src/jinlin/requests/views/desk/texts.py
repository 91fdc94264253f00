"""Standard answers with their placeholders filled, ready to be taken over and changed."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jinlin.requests.models import Request
from jinlin.requests.queries.choices import standard_texts


@dataclass(frozen=True)
class ReadyText:
    """A standard answer as it reads for one request."""

    key: str
    name: str
    words: str


def ready_texts(request: Request, verb: str) -> list[ReadyText]:
    """Return the standard answers for a step of this request."""
    return [ReadyText(text.key, text.name, filled(text.body, request)) for text in standard_texts(verb)]


def filled(template: str, request: Request) -> str:
    """Fill {number}, {body} and {due}; what an operator wrote between other braces stays as it is."""
    due = date_format(localtime(request.due_at), "DATETIME_FORMAT") if request.due_at else _("the promised time")
    words = {"number": request.number, "body": request.body.name, "due": due}
    for name, value in words.items():
        template = template.replace(f"{{{name}}}", value)
    return template
