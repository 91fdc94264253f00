"""The words with which people learn of a request's steps; each notice stands alone."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.disclosure.queries import shown_now
from jinlin.organisations.queries import grants_of, members_of
from jinlin.people.phones import clean_phone
from jinlin.people.supports import supporters_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.messages import notify, put_in_outbox
from jinlin.requests import rules
from jinlin.requests.models import Request, Step, Urgency
from jinlin.requests.states import State, Verb
from jinlin.requests.supporting import support_subject

LANGUAGE = "zh-hans"


def send_receipt(request: Request, code: str, phone: str) -> None:
    """Put the receipt into the outbox as a text message: number, link with the code, and by when an answer comes.

    Raises:
        Invalid: for what is no telephone number.
    """
    with translation.override(LANGUAGE):
        words = _("We have received “%(title)s”, number %(number)s. See how it stands: %(link)s") % {
            "title": request.title,
            "number": request.number,
            "link": f"{settings.JINLIN_BASE_URL}/follow/{request.number}/{code}",
        }
    put_in_outbox(channel="sms", address=clean_phone(phone), body=words)


def tell_reception(request_id: int) -> None:
    """Tell the body that receives it of a request that is urgent, or that triage takes for urgent; others wait in its inbox."""
    request = Request.objects.select_related("suggestion").get(pk=request_id)
    suggestion = getattr(request, "suggestion", None)
    urgency = Urgency.gravest(request.urgency, suggestion.urgency if suggestion else Urgency.ORDINARY)
    if urgency == Urgency.ORDINARY:
        return
    with translation.override(LANGUAGE):
        words = _("%(urgency)s: %(number)s %(title)s. Please look at it now.") % {
            "urgency": urgency.label,
            "number": request.number,
            "title": request.title,
        }
    notify(_who_may_see(request), words, link=f"/desk/requests/{request.pk}")


def _who_may_see(request: Request) -> list[int]:
    """Return the persons with a post at the request's body by which they see it; others at that body learn nothing."""
    on = today()
    members = members_of(request.body_id, on)
    actors = [Actor(person_id=person_id, grants=grants_of(person_id, on)) for person_id in members]
    return [actor.person_id for actor in actors if rules.parts_by_post(actor, request)]


def tell_reporter(request_id: int, step_number: int) -> None:
    """Leave the reporter a notice of a step, in the state that it led to and with the words of whoever took it."""
    step = Step.objects.select_related("request").get(request_id=request_id, number=step_number)
    if step.request.reporter_id is None:
        return
    with translation.override(LANGUAGE):
        notify([step.request.reporter_id], _words(step), link=f"/my/requests/{step.request_id}")


def tell_supporters(request_id: int, step_number: int) -> None:
    """Leave those who said me too a notice of what everybody may read: where a public request stands, without its words."""
    step = Step.objects.select_related("request").get(request_id=request_id, number=step_number)
    record = shown_now().filter(subject_kind=Request._meta.label_lower, subject_id=request_id).first()
    if record is None or step.verb == Verb.ADD:
        return
    told = supporters_of([support_subject(request_id)], step.at) - {step.request.reporter_id}
    values = {"title": record.title, "state": State(step.state).label}
    link = reverse("disclosure:record", args=[record.number])
    notify(told, gettext_lazy("“%(title)s”, which you said concerns you too: %(state)s."), values, link=link)


def _words(step: Step) -> str:
    if step.verb == Verb.HANDLE:
        template = _("“%(title)s” has been handled: %(note)s Please say whether it is solved.")
    elif step.note:
        template = _("“%(title)s”: %(state)s. %(note)s")
    else:
        template = _("“%(title)s”: %(state)s.")
    return template % {"title": step.request.title, "state": step.get_state_display(), "note": step.note}
