"""Who may do what with a request, who sees it, and what may be raised at all."""

import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from shapely.geometry import Point

from jinlin.algorithms.chinese_text import find_personal
from jinlin.people.rules import may_act_for, principals_of
from jinlin.platform.access import Actor, Grant, Role, in_scope
from jinlin.platform.errors import Invalid
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.platform.wording import in_a_row
from jinlin.requests.models import Function, Publicity, Request
from jinlin.requests.states import TABLE, State, Verb
from jinlin.territory.models import Place
from jinlin.territory.queries import district_boundary

LONGEST_TEXT = 5_000
LONGEST_TITLE = 60
MOST_PHOTOS = 9
LONGEST_OWN_TITLE = 30
SHORTEST_CLAUSE = 5
CLAUSE_ENDS = "，。；：！？、,;.!?"


class Part(StrEnum):
    """The part that somebody plays in a request; rights follow from it."""

    REPORTER = "reporter"
    RECEPTION = "reception"
    HANDLER = "handler"
    ENTERED = "entered"
    COORDINATOR = "coordinator"
    AUDITOR = "auditor"
    SYSTEM = "system"


PARTS_BY_POST = (Part.RECEPTION, Part.HANDLER, Part.COORDINATOR, Part.AUDITOR)
RECEPTION_ROLES = {
    Role.COMMUNITY_WORKER,
    Role.COMMUNITY_SECRETARY,
    Role.SUBDISTRICT_OFFICER,
    Role.DISTRICT_OFFICER,
}
HANDLER_ROLES = RECEPTION_ROLES | {Role.PROPERTY_MANAGER, Role.DEPARTMENT_OFFICER, Role.GRID_MEMBER}
COORDINATOR_ROLES = {Role.GRID_MEMBER, Role.NEIGHBOUR_HEAD}
ENTRY_ROLES = RECEPTION_ROLES | COORDINATOR_ROLES
FIELD_ROLES = HANDLER_ROLES | ENTRY_ROLES

WHO_MAY: dict[Verb, set[Part]] = {
    Verb.ACCEPT: {Part.RECEPTION},
    Verb.COORDINATE: {Part.COORDINATOR},
    Verb.DECLINE: {Part.RECEPTION},
    Verb.CLASSIFY: {Part.RECEPTION},
    Verb.RELOCATE: {Part.RECEPTION},
    Verb.DISPATCH: {Part.RECEPTION},
    Verb.TRANSFER: {Part.RECEPTION, Part.HANDLER},
    Verb.SEND_BACK: {Part.HANDLER},
    Verb.SIGN: {Part.HANDLER},
    Verb.START: {Part.HANDLER},
    Verb.REPORT: {Part.HANDLER, Part.COORDINATOR},
    Verb.HANDLE: {Part.HANDLER, Part.COORDINATOR},
    Verb.CALL_BACK: {Part.RECEPTION},
    Verb.CLOSE: {Part.REPORTER, Part.RECEPTION, Part.SYSTEM},
    Verb.SETTLE: {Part.COORDINATOR},
    Verb.REWORK: {Part.REPORTER, Part.RECEPTION},
    Verb.WITHDRAW: {Part.REPORTER},
    Verb.ADD: {Part.REPORTER, Part.RECEPTION, Part.HANDLER, Part.ENTERED},
    Verb.ESCALATE: {Part.SYSTEM},
}


def parts_of(actor: Actor, request: Request, among: Iterable[Part] = tuple(Part)) -> set[Part]:
    """Return which of the parts `among` the actor plays in `request`; none at all means that it is invisible to them."""
    return {part for part in among if PLAYS[part](actor, request)}


def plays_a_part(actor: Actor, request: Request) -> bool:
    """Say whether the request is visible to the actor; `visible_to` for one row."""
    return any(plays(actor, request) for plays in PLAYS.values())


def parts_by_post(actor: Actor, request: Request) -> set[Part]:
    """Return the parts that follow from the actor's posts, without a look into the database."""
    return parts_of(actor, request, PARTS_BY_POST)


def receives(actor: Actor, request: Request) -> bool:
    """Say whether the actor receives what is raised at the request's place."""
    return actor.has(RECEPTION_ROLES, request.place_code, (request.grid_id, request.estate_id))


def handles(actor: Actor, request: Request) -> bool:
    """Say whether the request lies with the actor's body, and in their part of its area.

    For a body that does not sign in, the reception acts: it enters what the body answers.
    """
    if any(_lies_with(grant, request) for grant in actor.grants_as(HANDLER_ROLES)):
        return True
    return receives(actor, request) and request.body.outside


def _lies_with(grant: Grant, request: Request) -> bool:
    zones = {request.grid_id, request.estate_id} - {None}
    return grant.body_id == request.body_id and (grant.zone_id is None or not zones or grant.zone_id in zones)


def lies_with(grant: Grant) -> Q:
    """Select what lies with the grant's body: all of it, or what is in the grant's zone or in none at all."""
    here = Q(body_id=grant.body_id)
    if grant.zone_id is None:
        return here
    nowhere = Q(grid_id__isnull=True, estate_id__isnull=True)
    return here & (Q(grid_id=grant.zone_id) | Q(estate_id=grant.zone_id) | nowhere)


def audits(actor: Actor, request: Request) -> bool:
    """Say whether the request lies in the area that the actor audits."""
    return actor.has({Role.AUDITOR}, request.place_code, (request.grid_id, request.estate_id))


def is_reporter(actor: Actor, request: Request) -> bool:
    """Say whether the actor raised it, acts for the one who did, or holds its secret link.

    Whoever entered it for somebody else knows the link too, and is not the one to judge the handling.
    """
    entered_by_actor = actor.is_signed_in and request.entered_by_id == actor.account_id
    if f"request:{request.pk}" in actor.opened and not entered_by_actor:
        return True
    return request.reporter_id is not None and bool(may_act_for(actor, request.reporter_id))


def has_entered(actor: Actor, request: Request) -> bool:
    """Say whether the actor entered it for somebody else, and still holds a post there that does."""
    if not actor.is_signed_in or request.entered_by_id != actor.account_id:
        return False
    return actor.has(ENTRY_ROLES, request.place_code, (request.grid_id, request.estate_id))


def coordinates(actor: Actor, request: Request) -> bool:
    """Say whether it is a service matter that the actor, a neighbour head or grid member there, brings about (M057)."""
    if request.function != Function.MATTER or not has_entered(actor, request):
        return False
    return actor.has(COORDINATOR_ROLES, request.place_code, (request.grid_id, request.estate_id))


PLAYS: dict[Part, Callable[[Actor, Request], bool]] = {
    Part.SYSTEM: lambda actor, request: actor.is_system,
    Part.RECEPTION: receives,
    Part.HANDLER: handles,
    Part.ENTERED: has_entered,
    Part.COORDINATOR: coordinates,
    Part.AUDITOR: audits,
    Part.REPORTER: is_reporter,
}
"""How to tell who plays which part; those that need no look into the database come first."""


def may(actor: Actor, verb: Verb, request: Request) -> Ruling:
    """Say whether the actor's part in the request gives them this step; the state is asked elsewhere."""
    return _ruling(parts_of(actor, request, WHO_MAY[verb]), verb, request)


def _ruling(parts: set[Part], verb: Verb, request: Request) -> Ruling:
    if parts & WHO_MAY[verb]:
        return _call_back_comes_first(parts, verb, request)
    return no(_("This step belongs to somebody else's part in the request."))


def _call_back_comes_first(parts: set[Part], verb: Verb, request: Request) -> Ruling:
    closing = verb in {Verb.CLOSE, Verb.REWORK}
    if closing and not parts & {Part.REPORTER, Part.SYSTEM} and request.state != State.CALL_BACK:
        return no(_("Without the reporter's own rating, a call-back has to be made first."))
    return YES


def may_enter_for_others(actor: Actor, place: Place | None) -> Ruling:
    """Say whether the actor may enter what somebody else says there, by telephone, at the desk or on a visit.

    Where no place is given, it is enough to hold such a post anywhere.
    """
    grants = actor.grants_as(ENTRY_ROLES)
    if any(place is None or grant.covers(place.code, (place.grid_id, place.estate_id)) for grant in grants):
        return YES
    return no(
        _("Only the community's staff, grid members and neighbour heads enter requests for others, in their area.")
    )


def may_see_reporter(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may open the reporter's name and telephone number (each time is logged)."""
    if request.anonymous:
        return no(_("The reporter asked to stay anonymous."))
    parts = parts_by_post(actor, request)
    if Part.RECEPTION in parts or (Part.HANDLER in parts and request.is_open):
        return YES
    return no(
        _("Only those who receive requests there, and those who work on it while it is open, may see who raised it.")
    )


def may_note_internally(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may leave a word among officers."""
    if parts_of(actor, request, {Part.RECEPTION, Part.HANDLER}):
        return YES
    return no(_("Only those who receive or handle the request write notes among officers."))


def may_publish(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may look at a request and make it public: whoever receives them here, if its sender wished it."""
    if request.publicity == Publicity.PRIVATE:
        return no(_("Whoever raised it did not wish it to be public."))
    if request.state in {State.DECLINED, State.WITHDRAWN} and request.publicity != Publicity.PUBLIC:
        return no(_("It was declined or withdrawn; there is nothing to make public."))
    return _at_reception(actor, request)


def may_refuse_publication(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may decide that a request wished public does not become so."""
    if request.publicity != Publicity.WISHED:
        return no(_("It is not waiting for a look before publication."))
    return _at_reception(actor, request)


def may_take_from_public(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor may take a public request out of view: its sender, or whoever receives requests here."""
    if request.publicity != Publicity.PUBLIC:
        return no(_("It is not public."))
    return YES if is_reporter(actor, request) else _at_reception(actor, request)


def _at_reception(actor: Actor, request: Request) -> Ruling:
    if receives(actor, request):
        return YES
    return no(_("Only those who receive requests at this place decide what becomes public."))


def visible_to(actor: Actor, requests: QuerySet[Request] | None = None) -> QuerySet[Request]:
    """Return the requests in which the actor plays a part; the list form of `parts_of`."""
    rows = Request.objects.all() if requests is None else requests
    if actor.is_system:
        return rows
    return rows.filter(_seen_by_post(actor) | _seen_by_person(actor))


def _seen_by_post(actor: Actor) -> Q:
    zones = ("grid_id", "estate_id")
    found = in_scope(actor.grants_as(RECEPTION_ROLES | {Role.AUDITOR}), zones=zones)
    for grant in actor.grants_as(HANDLER_ROLES):
        found |= lies_with(grant)
    if entering := actor.grants_as(ENTRY_ROLES):
        found |= Q(entered_by_id=actor.account_id) & in_scope(entering, zones=zones)
    return found


def _seen_by_person(actor: Actor) -> Q:
    found = Q(pk__in=[int(key.removeprefix("request:")) for key in actor.opened if key.startswith("request:")])
    if actor.is_signed_in:
        found |= Q(reporter_id=actor.person_id) | Q(reporter_id__in=principals_of(actor))
    return found


def lies_in_district(longitude: float, latitude: float) -> bool:
    """Say whether a point (WGS 84) lies in the district, as far as its boundary is known."""
    boundary = district_boundary()
    return boundary is None or bool(boundary.covers(Point(longitude, latitude)))


def clean_words(text: str, *, longest: int, field: str, needed: bool = True) -> str:
    """Return `text` in NFC without control characters and outer space; any script and emoji are welcome.

    Raises:
        Invalid: when it is empty though needed, or longer than `longest` characters.
    """
    kept = "".join(
        c for c in unicodedata.normalize("NFC", text) if c in "\n\t" or unicodedata.category(c) not in _REFUSED
    )
    kept = kept.strip()
    if needed and all(unicodedata.category(c)[0] in "CZ" for c in kept):
        raise Invalid(fields={field: _("Please say what happened; a few words are enough.")})
    if len(kept) > longest:
        too_long = _("This is %(length)s characters long; at most %(most)s fit. Please shorten it or attach photos.")
        raise Invalid(fields={field: too_long % {"length": len(kept), "most": longest}})
    return kept


def title_of(text: str) -> str:
    """Return a title for words without one: the first line, cut where a clause ends and after 30 characters at the latest."""
    line = text.split("\n")[0]
    if len(line) <= LONGEST_OWN_TITLE:
        return line
    start = line[:LONGEST_OWN_TITLE]
    end = max(start.rfind(mark) for mark in CLAUSE_ENDS)
    return start[:end] if end >= SHORTEST_CLAUSE else start


def names_nobody(text: str) -> None:
    """Refuse a note in which somebody can be recognised (M058).

    Raises:
        Invalid: with what was found.
    """
    found = [text[finding.start : finding.end] for finding in find_personal(text)]
    if found:
        why = _("Please write it without naming anybody: %(found)s. What people think counts, not who said it.")
        raise Invalid(fields={"text": why % {"found": in_a_row(found)}})


_REFUSED = {"Cc", "Cs", "Co"}
"""Unicode categories that no request needs: control, surrogate, private use."""


def verbs_of_reporter(request: Request) -> set[Verb]:
    """Return the steps that whoever raised it may take now."""
    return {verb for verb in open_verbs(request) if Part.REPORTER in WHO_MAY[verb]}


def verbs_by_post(actor: Actor, request: Request) -> set[Verb]:
    """Return the steps that the actor's posts let them take now, without a look into the database.

    What they may do because they raised it themselves is not among them; that is done at the resident's door.
    """
    parts = parts_of(actor, request, {*PARTS_BY_POST, Part.ENTERED})
    return {verb for verb in open_verbs(request) if _ruling(parts, verb, request)}


def open_verbs(request: Request) -> list[Verb]:
    """Return the steps that the request's state allows, whoever takes them."""
    return [Verb(verb) for verb in TABLE.verbs_from(request.state)]


def possible_verbs(actor: Actor, request: Request) -> list[Verb]:
    """Return the steps that this actor may take now."""
    parts = parts_of(actor, request)
    return [verb for verb in open_verbs(request) if _ruling(parts, verb, request)]
