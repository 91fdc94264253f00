"""What other apps show beside a public record, registered at start: a way to join in, say."""

from collections.abc import Callable

from django.http import HttpRequest

from jinlin.disclosure.models import Disclosure

Beside = Callable[[HttpRequest, Disclosure], str]
_beside: dict[str, Beside] = {}


def show_beside(kind: str) -> Callable[[Beside], Beside]:
    """Register the function that renders what stands beside the public records of subjects of one kind (`app.model`)."""

    def register(function: Beside) -> Beside:
        _beside[kind] = function
        return function

    return register


def beside(request: HttpRequest, record: Disclosure) -> str:
    """Return what stands beside a record, as safe HTML; empty where its app shows nothing."""
    function = _beside.get(record.subject_kind)
    return function(request, record) if function else ""
