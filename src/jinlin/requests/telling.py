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
from jinlin.requests.merged import SHARED, SHARED_WITH_WORDS, members_below
from jinlin.requests.models import Request, RequestPart, Step, Urgency
from jinlin.requests.states import PartState, State, Verb
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
    notify(_who_may_see(request, request.body_id), words, link=f"/desk/requests/{request.pk}")


def _who_may_see(request: Request, body_id: int) -> list[int]:
    """Return the persons with a post at a body by which they see the request; others at that body learn nothing."""
    on = today()
    actors = [Actor(person_id=person_id, grants=grants_of(person_id, on)) for person_id in members_of(body_id, on)]
    seen_by = {*rules.PARTS_BY_POST, rules.Part.HELPER}
    return [actor.person_id for actor in actors if rules.parts_played(actor, request, seen_by)]


def tell_body(request_id: int, step_number: int) -> None:
    """Tell those at the body of a request who may see it that it was taken up again, and why."""
    step = Step.objects.select_related("request").get(request_id=request_id, number=step_number)
    values = {"number": step.request.number, "title": step.request.title, "note": step.note}
    words = gettext_lazy("Taken up again: %(number)s “%(title)s”. %(note)s")
    notify(_who_may_see(step.request, step.body_id), words, values, link=f"/desk/requests/{request_id}")


def tell_part(part_id: int) -> None:
    """Tell those of a body who may see it that they were asked to help, for what, and until when."""
    part = RequestPart.objects.select_related("request").get(pk=part_id)
    values = {"number": part.request.number, "title": part.request.title, "words": part.words}
    words = gettext_lazy("Your body is asked to help with %(number)s “%(title)s”: %(words)s")
    notify(_who_may_see(part.request, part.body_id), words, values, link=f"/desk/requests/{part.request_id}")


def tell_dormant(request_id: int) -> None:
    """Remind those at the body of a request who may see it that it lies untouched."""
    request = Request.objects.get(pk=request_id)
    values = {"number": request.number, "title": request.title}
    words = gettext_lazy("%(number)s “%(title)s” lies untouched. Please take the next step, or say how it stands.")
    notify(_who_may_see(request, request.body_id), words, values, link=f"/desk/requests/{request.pk}")


def tell_late_part(part_id: int) -> None:
    """Tell the body that owes a part, and the one that leads, that its deadline has passed."""
    part = RequestPart.objects.select_related("request", "body").get(pk=part_id)
    values = {"number": part.request.number, "body": part.body.name}
    told = {*_who_may_see(part.request, part.body_id), *_who_may_see(part.request, part.request.body_id)}
    words = gettext_lazy("%(number)s: the part of %(body)s is overdue.")
    notify(told, words, values, link=f"/desk/requests/{part.request_id}")


def tell_lead(part_id: int) -> None:
    """Tell the body that leads what came of a part."""
    part = RequestPart.objects.select_related("request", "body").get(pk=part_id)
    values = {"number": part.request.number, "body": part.body.name, "words": part.result}
    templates = {
        PartState.DONE: gettext_lazy("%(number)s: %(body)s has done its part. %(words)s"),
        PartState.RETURNED: gettext_lazy("%(number)s: %(body)s returns its part. %(words)s"),
    }
    if part.state in templates:
        told = _who_may_see(part.request, part.request.body_id)
        notify(told, templates[PartState(part.state)], values, link=f"/desk/requests/{part.request_id}")


def tell_reporter(request_id: int, step_number: int) -> None:
    """Leave the reporter a notice of a step, in the state that it led to and with the words of whoever took it.

    Whose request is answered through this one hears of the same step, about their own, where it is not among the two alone.
    """
    step = Step.objects.select_related("request").get(request_id=request_id, number=step_number)
    members = members_below(step.request) if step.verb in SHARED else []
    with translation.override(LANGUAGE):
        for told in [step.request, *members]:
            if told.reporter_id is not None:
                words = _words(step, told.title, with_note=told.pk == request_id or step.verb in SHARED_WITH_WORDS)
                notify([told.reporter_id], words, link=f"/my/requests/{told.pk}")


def tell_supporters(request_id: int, step_number: int) -> None:
    """Leave those who said me too a notice of what everybody may read: where a public request stands, without its words."""
    step = Step.objects.select_related("request").get(request_id=request_id, number=step_number)
    if step.verb == Verb.ADD:
        return
    family = {told.pk: told for told in [step.request, *members_below(step.request)]}
    for record in shown_now().filter(subject_kind=Request._meta.label_lower, subject_id__in=family):
        told = supporters_of([support_subject(record.subject_id)], step.at) - {family[record.subject_id].reporter_id}
        values = {"title": record.title, "state": State(step.state).label}
        link = reverse("disclosure:record", args=[record.number])
        notify(told, gettext_lazy("“%(title)s”, which you said concerns you too: %(state)s."), values, link=link)


def _words(step: Step, title: str, *, with_note: bool) -> str:
    note = step.note if with_note else ""
    if step.verb == Verb.HANDLE:
        template = _("“%(title)s” has been handled: %(note)s Please say whether it is solved.")
    elif note:
        template = _("“%(title)s”: %(state)s. %(note)s")
    else:
        template = _("“%(title)s”: %(state)s.")
    return template % {"title": title, "state": step.get_state_display(), "note": note}
