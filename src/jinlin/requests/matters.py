"""What requests are to other apps: matters that meetings and ballots are held for, and what a decision can become."""

from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor
from jinlin.platform.works import Brief, Matter, describes, makes
from jinlin.requests import rules
from jinlin.requests.actions.talks import take_in_decision
from jinlin.requests.models import Request
from jinlin.requests.rules.parts import Part, parts_by_post
from jinlin.requests.states import WAITING_FOR_RATING, State


@describes("request")
def describe_request(actor: Actor, request_id: int) -> Matter | None:
    """Describe a request to those who play a part in it; those who receive or handle it work on it."""
    request = Request.objects.filter(pk=request_id).first()
    if request is None or not rules.plays_a_part(actor, request):
        return None
    works = actor.is_system or bool(parts_by_post(actor, request) & {Part.RECEPTION, Part.HANDLER})
    return Matter(
        subject=f"request:{request.pk}",
        title=request.title,
        text=request.text,
        place_code=request.place_code,
        url=f"/desk/requests/{request.pk}" if works else f"/my/requests/{request.pk}",
        may_work=works,
        done=request.state in WAITING_FOR_RATING | {State.CLOSED},
        followers=lambda: {request.reporter_id} - {None},
    )


@makes("request", _("a request to handle"))
def make_request(actor: Actor, brief: Brief) -> str:
    """Make a request of what was decided, with the body that carries it out."""
    made = take_in_decision(
        actor=actor, title=brief.title, text=brief.text, place_code=brief.place_code, body_id=brief.body_id,
        basis=brief.text[:300],
    )  # fmt: skip
    return f"request:{made.pk}"
