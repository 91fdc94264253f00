"""Background entry points of the requests app; each calls one action."""

from jinlin.platform.tasks import reliable
from jinlin.requests import telling
from jinlin.requests.actions.suggesting import suggest


@reliable
def after_receipt(*, request_id: int) -> None:
    """Do what can wait until the receipt is out: suggest category and urgency, tell those who receive it."""
    suggest(request_id)
    telling.tell_reception(request_id)


@reliable
def tell_reporter(*, request_id: int, step_number: int) -> None:
    """Leave the reporter, and those who said me too, a notice of a step."""
    telling.tell_reporter(request_id, step_number)
    telling.tell_supporters(request_id, step_number)


@reliable
def suggest_for(*, request_ids: list[int]) -> None:
    """Suggest category and urgency for a batch that was imported."""
    for request_id in request_ids:
        suggest(request_id)


@reliable
def tell_part(*, part_id: int) -> None:
    """Tell a body that it was asked to help."""
    telling.tell_part(part_id)


@reliable
def tell_lead(*, part_id: int) -> None:
    """Tell the leading body what came of a part."""
    telling.tell_lead(part_id)


@reliable
def tell_body(*, request_id: int, step_number: int) -> None:
    """Tell the body of a request that it was taken up again."""
    telling.tell_body(request_id, step_number)
