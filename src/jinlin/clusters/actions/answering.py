"""Answers everybody in a common trouble at once, in public where enough households have it, and settles it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.clusters import rules
from jinlin.clusters.models import Cluster
from jinlin.clusters.states import TABLE, ClusterState, ClusterVerb
from jinlin.disclosure.actions import PublicPlace, PublicWords, Subject, disclose, take_down, update_state
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound, Stale
from jinlin.platform.messages import notify
from jinlin.platform.sends import Send, sent_once
from jinlin.requests.actions.steps import Change, Door, advance
from jinlin.requests.models import Category, Request
from jinlin.requests.rules import clean_words
from jinlin.requests.states import OPEN, State, Verb
from jinlin.territory.models import Place

LONGEST_ANSWER = 2_000
NO_DOOR = Door()
PART_OF_ANOTHER_SEND = Send("", "")


def answer_all(*, actor: Actor, cluster_id: int, words: str, in_public: bool, door: Door = NO_DOOR) -> Cluster:
    """Give everybody whose request is part of a common trouble the same answer, and the public where it may read it.

    Open requests get the answer as a line of their history; of finished ones the reporter is told.

    Raises:
        Invalid: without words, with personal data in what the public is to read, or for the public while fewer than five
            households have it.
        NotFound, Stale, WrongState, RepeatedSend; NotAllowed: for who does not answer there.
    """
    answer = clean_words(words, longest=LONGEST_ANSWER, field="words")
    with sent_once(f"account:{actor.account_id}", door.key, [cluster_id, "answer", answer, in_public]) as send:
        cluster = _locked(actor, cluster_id, door)
        if in_public and not (ruling := rules.may_be_public(cluster.households)):
            raise Invalid(fields={"in_public": ruling.reason})
        _move(cluster, ClusterVerb.ANSWER)
        told = _tell_everybody(actor, cluster, answer)
        _keep(actor, cluster, ClusterVerb.ANSWER, answer, told=told)
        if in_public:
            disclose(actor=actor, subject=subject_of(cluster), words=public_words(cluster, answer))
        send.keep(cluster)
    return cluster


def settle(*, actor: Actor, cluster_id: int, words: str, door: Door = NO_DOOR) -> Cluster:
    """Say that a common trouble is settled, and how; its requests go on to their own end.

    Raises:
        Invalid: without words; NotFound, NotAllowed, Stale, RepeatedSend.
        WrongState: before anybody was answered.
    """
    outcome = clean_words(words, longest=LONGEST_ANSWER, field="words")
    with sent_once(f"account:{actor.account_id}", door.key, [cluster_id, "close", outcome]) as send:
        cluster = _locked(actor, cluster_id, door)
        _move(cluster, ClusterVerb.CLOSE)
        _keep(actor, cluster, ClusterVerb.CLOSE, outcome, told=0)
        update_state(subject=subject_of(cluster), state=State.CLOSED)
        send.keep(cluster)
    return cluster


def withdraw_from_public(*, actor: Actor, cluster_id: int, reason: str, door: Door = NO_DOOR) -> Cluster:
    """Take a common trouble out of public view, with a reason.

    Raises:
        Invalid: without a reason; NotFound, NotAllowed, Stale, RepeatedSend.
    """
    why = clean_words(reason, longest=200, field="words")
    with sent_once(f"account:{actor.account_id}", door.key, [cluster_id, "withdraw", why]) as send:
        cluster = _locked(actor, cluster_id, door)
        take_down(actor=actor, subject=subject_of(cluster), reason=why)
        send.keep(cluster)
    return cluster


def _locked(actor: Actor, cluster_id: int, door: Door) -> Cluster:
    cluster = (
        Cluster.objects.select_for_update(of=("self",)).select_related("body", "zone").filter(pk=cluster_id).first()
    )
    if cluster is None or not rules.visible_to(actor).filter(pk=cluster_id).exists():
        raise NotFound
    rules.may_answer(actor, cluster).enforce()
    if door.seen_version is not None and cluster.version != door.seen_version:
        raise Stale
    return cluster


def _move(cluster: Cluster, verb: ClusterVerb) -> None:
    cluster.state = ClusterState(TABLE.after(verb, cluster.state))


def _keep(actor: Actor, cluster: Cluster, verb: ClusterVerb, words: str, *, told: int) -> None:
    cluster.version += 1
    cluster.save(update_fields=["state", "version"])
    cluster.replies.create(at=now(), by_id=actor.account_id, verb=verb, words=words, told=told)
    record_change(actor, f"clusters.{verb}", cluster, place_code=cluster.place_code, after=cluster.state, told=told)


def _tell_everybody(actor: Actor, cluster: Cluster, answer: str) -> int:
    """Give the answer to each request in the order of their keys, so that two answers never wait for each other."""
    members = Request.objects.filter(cluster_member__cluster=cluster).order_by("pk")
    rows = list(members.select_for_update(of=("self",)).select_related("body"))
    for request in rows:
        if request.state in OPEN:
            advance(actor, request, Verb.ADD, Change(note=answer), PART_OF_ANOTHER_SEND)
        elif request.reporter_id:
            words = gettext_lazy("Answer to “%(title)s”: %(answer)s")
            values = {"title": cluster.title, "answer": answer}
            notify([request.reporter_id], words, values, link=f"/my/requests/{request.pk}")
    return len(rows)


def subject_of(cluster: Cluster) -> Subject:
    """Return how public records name this common trouble."""
    return Subject(cluster._meta.label_lower, cluster.pk)


def public_words(cluster: Cluster, answer: str) -> PublicWords:
    """Return what the public reads: what, where, how many households and requests, and the answer; nobody's own words."""
    counted = _("%(households)s households, %(cases)s requests") % {
        "households": cluster.households,
        "cases": cluster.members.count(),
    }
    category = Category.objects.filter(code=cluster.category).values_list("name", flat=True).first() or ""
    return PublicWords(
        number=cluster.number,
        title=cluster.title,
        text=counted,
        answer=answer,
        state=State.IN_PROGRESS,
        happened_at=cluster.first_at,
        place=_place_of(cluster),
        category=cluster.category,
        category_name=category,
        body_name=cluster.body.name,
    )


def _place_of(cluster: Cluster) -> PublicPlace:
    place = Place.objects.filter(code=cluster.place_code).first()
    if place is None:
        return PublicPlace(cluster.place_code)
    return PublicPlace(place.code, cluster.zone.name if cluster.zone else place.name, place.longitude, place.latitude)
