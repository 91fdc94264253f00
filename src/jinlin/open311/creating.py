"""Turns a call that creates a service request into a report, and hands it to the requests app."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest
from django.utils.translation import gettext as _

from jinlin.open311.arguments import decimal, yes
from jinlin.open311.endpoints import argument
from jinlin.open311.services import existing_service, named
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid
from jinlin.platform.limits import address_of
from jinlin.platform.models import StoredFile
from jinlin.platform.photos import keep_photo
from jinlin.platform.wording import in_a_row, labelled
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Question
from jinlin.requests.actions import Contact, Receipt, Report, Where, enter_request, raise_request
from jinlin.requests.models import Category, Channel
from jinlin.requests.rules import clean_words, may_enter_for_others

LONGEST_DESCRIPTION = 4_000
LONGEST_ADDRESS = 200
LONGEST_LINK = 500
ONE_LINE, MANY, NUMBER, TIME, ONE_OF = "string", "multivaluelist", "number", "datetime", "singlevaluelist"


def create(request: HttpRequest, actor: Actor) -> Receipt:
    """Take in what a program sends, for its own account, or for the person it names where its account may do that.

    Raises:
        NotFound: for a service that is unknown or has ended.
        Invalid: for what is missing or cannot be read, and a place that is not here.
        NotAllowed: outside the area of the account's post.
    """
    code = argument(request, "service_code")
    if not code:
        raise Invalid(fields={"service_code": _("It was not provided.")})
    report, key = _report(request, existing_service(code)), request.headers.get("Idempotency-Key", "")
    contact = _contact(request)
    if contact and may_enter_for_others(actor, None):
        return enter_request(actor=actor, report=report, contact=contact, key=key)
    return raise_request(actor=actor, report=report, sender=address_of(request), key=key)


def _report(request: HttpRequest, service: Category) -> Report:
    return Report(
        text=_text(request, service),
        title=argument(request, "title"),
        category=service.code,
        channel=Channel.API,
        where=_where(request),
        anonymous=yes(request, "anonymous"),
        wished_public=yes(request, "public"),
        photos=sent_photos(request),
    )


def _text(request: HttpRequest, service: Category) -> str:
    """Return the person's words, or the service's name without any, with the answers to its questions below."""
    words = clean_words(
        argument(request, "description"), longest=LONGEST_DESCRIPTION, field="description", needed=False
    )
    return "\n".join([words or named(service), *_answers(request, service), *_links(request)])


def _links(request: HttpRequest) -> list[str]:
    link = argument(request, "media_url")
    if not link:
        return []
    if not link.startswith(("http://", "https://")) or len(link) > LONGEST_LINK:
        raise Invalid(fields={"media_url": _("An address that begins with https:// is expected.")})
    return [labelled(_("Picture"), link)]


def sent_photos(request: HttpRequest) -> list[StoredFile]:
    """Return the cleaned photos that came as files named `media`."""
    return [keep_photo(upload) for upload in request.FILES.getlist("media")]


def _contact(request: HttpRequest) -> Contact | None:
    given, family = argument(request, "first_name"), argument(request, "last_name")
    name = f"{given} {family}".strip() if (given + family).isascii() else family + given
    phone = argument(request, "phone")
    return Contact(name=name, phone=phone) if name or phone else None


# --- where ---


def _where(request: HttpRequest) -> Where:
    latitude, longitude = decimal(request, "lat"), decimal(request, "long")
    if (latitude is None) != (longitude is None):
        missing = "long" if longitude is None else "lat"
        raise Invalid(fields={missing: _("lat and long are both needed.")})
    words, place = argument(request, "address_string"), argument(request, "address_id")
    if latitude is None and not words and not place:
        raise Invalid(fields={"lat": _("A place is needed: lat and long, address_string or address_id.")})
    if len(words) > LONGEST_ADDRESS:
        raise Invalid(fields={"address_string": _("Describe the place in at most 200 characters.")})
    return Where(place_code=place, words=words, longitude=longitude, latitude=latitude)


# --- what the work method asks ---


def _answers(request: HttpRequest, service: Category) -> list[str]:
    """Return a line for each question that was answered."""
    questions = {row.key: row for row in current_playbook().categories.questions_of(service.code)}
    given = _given(request)
    wrong = {f"attribute[{code}]": _("This service has no such attribute.") for code in given.keys() - questions.keys()}
    lines = []
    for code, question in questions.items():
        try:
            lines += _line(question, given.get(code, []))
        except ValueError as error:
            wrong[f"attribute[{code}]"] = str(error)
    if wrong:
        raise Invalid(fields=wrong)
    return lines


def _given(request: HttpRequest) -> dict[str, list[str]]:
    """Return the answers by the question's code, from `attribute[code]` and `attribute[code][]`."""
    found: dict[str, list[str]] = {}
    for values in (request.POST, request.GET):
        for name, words in values.lists():
            if name.startswith("attribute["):
                code = name.removeprefix("attribute[").removesuffix("[]").removesuffix("]")
                found.setdefault(code, []).extend(word.strip() for word in words if word.strip())
    return found


def _line(question: Question, given: list[str]) -> list[str]:
    """Return the question with its answer.

    Raises:
        ValueError: with the reason, for an answer of another type, or none where one is needed.
    """
    if not given:
        if question.needed:
            raise ValueError(_("An answer is needed: %(question)s") % {"question": question.name})
        return []
    if len(given) > 1 and question.type != MANY:
        raise ValueError(_("Only one answer is expected."))
    return [labelled(question.name, in_a_row(_answer(question, text) for text in given))]


def _answer(question: Question, text: str) -> str:
    offered = {one.key: one.name for one in question.option}
    if offered:
        if text not in offered:
            raise ValueError(_("One of these is expected: %(known)s") % {"known": in_a_row(offered)})
        return offered[text]
    if question.type == NUMBER:
        _must_be_number(text)
    if question.type == TIME:
        _must_be_time(text)
    return " ".join(text.split()) if question.type == ONE_LINE else text


def _must_be_number(text: str) -> None:
    try:
        finite = Decimal(text).is_finite()
    except InvalidOperation:
        finite = False
    if not finite:
        raise ValueError(_("A number is expected."))


def _must_be_time(text: str) -> None:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(_("A time is expected, such as 2026-05-08T09:00:00+08:00.")) from None
