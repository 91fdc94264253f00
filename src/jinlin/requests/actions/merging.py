"""Several requests answered as one: merged into the one that leads, and taken out again as they were."""

from django.db.models import Q
from django.utils.translation import gettext as _

from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, NotFound, Stale
from jinlin.platform.rows import save
from jinlin.platform.sends import Send, sent_once
from jinlin.requests import rules
from jinlin.requests.actions.steps import Change, Door, advance, locked, write_step
from jinlin.requests.merged import root_of
from jinlin.requests.models import Request
from jinlin.requests.states import Verb

LONGEST_REASON = 500
NO_DOOR = Door()
NO_SEND = Send(key="", fingerprint="")


def merge_request(*, actor: Actor, request_id: int, into: str, reason: str, door: Door = NO_DOOR) -> Request:
    """Let a request be answered through another, whose number is `into`, wherever either lies.

    Both numbers stay valid and both reporters are told of every step. Where the other one is merged itself, its lead leads.

    Raises:
        Invalid: without a reason, for a number that the actor does not see, for a circle, for a lead that has been answered,
            and for something private into something public; Stale: if the lead was merged at the same moment; and what
            `take_step` raises.
    """
    words = rules.clean_words(reason, longest=LONGEST_REASON, field="reason")
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.MERGE, into.strip(), words]) as send:
        lead_id = root_of(seen_by_number(actor, into, field="into")).pk
        request, lead = _locked_both(actor, request_id, lead_id, door.seen_version)
        rules.may_lead_merge(actor, lead).enforce()
        rules.must_go_together(request, lead)
        change = Change({"lead_id": lead.pk}, internal_note=f"{lead.number}\n{words}")
        advance(actor, request, Verb.MERGE, change, send)
        _note_on_lead(actor, lead, 1, _("%(number)s is answered through this one.") % {"number": request.number})
    return request


def seen_by_number(actor: Actor, number: str, *, field: str) -> Request:
    """Return the request of this number that the actor's posts let them see.

    Raises:
        Invalid: for any other.
    """
    found = rules.visible_to(actor).filter(number=number.strip()).first()
    if found is None or not rules.parts_by_post(actor, found):
        raise Invalid(
            fields={
                field: _(
                    "There is no request of this number that you see. Compare it with the list, such as 20260508-0012."
                )
            }
        )
    return found


def _locked_both(actor: Actor, request_id: int, lead_id: int, seen_version: int | None) -> tuple[Request, Request]:
    """Lock both in the order of their keys, so that two merges that cross wait for one another."""
    versions = {lead_id: None, request_id: seen_version}
    rows = {pk: locked(actor, pk, versions[pk]) for pk in sorted(versions)}
    if rows[lead_id].lead_id is not None:
        raise Stale
    return rows[request_id], rows[lead_id]


def _note_on_lead(actor: Actor, lead: Request, by: int, words: str) -> None:
    """Count one more or one less below the lead, with a line in its history that officers read."""
    lead.members += by
    lead.version += 1
    save(lead, ["version", "members"])
    acting_id = rules.acting_body(actor, Verb.ADD, lead)
    write_step(actor, lead, Verb.ADD, Change(internal_note=words), acting_id=acting_id)
    record_change(actor, "requests.lead", lead, place_code=lead.place_code, members=lead.members)


def unmerge_request(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Request:
    """Take a request out of a merge: it is where it was before, and its promises run on to the times that were promised.

    Raises:
        Invalid: without a reason; NotAllowed: once the lead has been answered; and what `take_step` raises.
    """
    words = rules.clean_words(reason, longest=LONGEST_REASON, field="reason")
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.UNMERGE, words]) as send:
        before = Request.objects.filter(pk=request_id).values_list("lead_id", flat=True).first()
        rows = _locked_with_lead(actor, request_id, before, door.seen_version)
        rules.may(actor, Verb.UNMERGE, rows[0]).enforce()
        rules.may_take_out(root_of(rows[0])).enforce()
        _take_out(actor, *rows, words, send)
    return rows[0]


def _locked_with_lead(
    actor: Actor, request_id: int, lead_id: int | None, seen_version: int | None
) -> tuple[Request, Request | None]:
    if lead_id is None:
        return locked(actor, request_id, seen_version), None
    both = Request.objects.select_for_update(of=("self",)).filter(pk__in=[request_id, lead_id]).order_by("pk")
    rows = {row.pk: row for row in both}
    request = rows[request_id]
    if not rules.plays_a_part(actor, request):
        raise NotFound
    if request.lead_id != lead_id or (seen_version is not None and request.version != seen_version):
        raise Stale
    return request, rows[lead_id]


def _take_out(actor: Actor, request: Request, lead: Request | None, words: str, send: Send) -> None:
    merge = request.steps.filter(verb=Verb.MERGE).order_by("-number").first()
    state = request.steps.get(number=merge.number - 1).state if merge else request.state
    advance(actor, request, Verb.UNMERGE, Change({"lead_id": None, "state": state}, internal_note=words), send)
    if lead is not None:
        _note_on_lead(actor, lead, -1, _("%(number)s is answered by itself again.") % {"number": request.number})


def lock_with_members(lead_id: int) -> None:
    """Lock a request and those that are answered through it, in the order of their keys."""
    family = Request.objects.filter(Q(pk=lead_id) | Q(lead_id=lead_id)).select_for_update(of=("self",)).order_by("pk")
    list(family.values_list("pk"))


def release_members(lead: Request, words: str) -> None:
    """Let every request that is answered through this locked one go its own way again, by the platform's own step."""
    for request in Request.objects.select_for_update(of=("self",)).filter(lead_id=lead.pk).order_by("pk"):
        _take_out(SYSTEM, request, lead, words, NO_SEND)
