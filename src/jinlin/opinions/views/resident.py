"""Conversations as residents see them: what is open, one statement at a time, saying one's own, what came of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.opinions import actions, queries, rules
from jinlin.opinions.exports import group_name
from jinlin.opinions.forms import AT_FIELD, StatementForm, VoteForm
from jinlin.opinions.models import Conversation
from jinlin.opinions.states import TalkState
from jinlin.opinions.views.showing import TONES, shown
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import acted, sent
from jinlin.platform.pages import READ_WRITE, step_page
from jinlin.platform.sends import Door
from jinlin.playbooks.here import current_playbook

MOST = 50
SITTING = "opinions-sitting"


@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    """Show the conversations near by, those that are open first."""
    rows = queries.conversations_near(actor_of(request)).order_by("-made_at", "-pk")[:MOST]
    listed = sorted(rows, key=lambda row: row.state != TalkState.OPEN)
    names = queries.names_of(row.place_code for row in listed)
    cards = [(row, TONES[TalkState(row.state)], names.get(row.place_code, "")) for row in listed]
    return render(request, "opinions/conversations.html", {"rows": cards})


def _the_conversation(actor: Actor, conversation_id: int) -> Conversation:
    row = rules.visible_to(actor).select_related("zone").filter(pk=conversation_id).first()
    if row is None:
        raise NotFound
    return row


@require_safe
def one(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Show what came of it so far: first what all share, then where they differ, then group by group, and all as a table."""
    actor = actor_of(request)
    row = _the_conversation(actor, conversation_id)
    return render(request, "opinions/one.html", shown(row) | _own(actor, row))


def _own(actor: Actor, row: Conversation) -> dict[str, Any]:
    """Return what only whoever looks may see of their own part."""
    if actor.person_id is None:
        return {"speaks": None}
    standing = queries.of_voter(row, actor.person_id)
    group = "" if standing.group is None else group_name(standing.group)
    return {"speaks": bool(rules.may_speak(actor, row)), "standing": standing, "own_group": group}


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def vote(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Show one statement with three buttons, take the vote, and go on to the next until a sitting is over."""
    actor = actor_of(request)
    row = _the_conversation(actor, conversation_id)
    rules.may_speak(actor, row).enforce()
    if request.method == "POST":
        return _take_vote(request, actor, row)
    if "more" in request.GET:
        _count_sitting(request, row, -1)
        return redirect("opinions:vote", row.pk)
    return _ask(request, actor, row, VoteForm())


def _take_vote(request: HttpRequest, actor: Actor, row: Conversation) -> HttpResponse:
    form = VoteForm(request.POST)

    def act() -> None:
        door = Door(key=form.cleaned_data["key"])
        actions.vote(actor=actor, conversation_id=row.pk, ballot=form.ballot(), door=door)

    status = acted(form, act, AT_FIELD)
    if status != 200:
        return _ask(request, actor, row, form, status)
    _count_sitting(request, row, 1)
    return redirect("opinions:vote", row.pk)


def _count_sitting(request: HttpRequest, row: Conversation, step: int) -> None:
    """Count a vote of this sitting, or begin a new one."""
    counts = request.session.get(SITTING, {})
    request.session[SITTING] = {**counts, str(row.pk): counts.get(str(row.pk), 0) + 1 if step > 0 else 0}


def _ask(request: HttpRequest, actor: Actor, row: Conversation, form: VoteForm, status: int = 200) -> HttpResponse:
    most = current_playbook().norms.statements_a_sitting
    given = request.session.get(SITTING, {}).get(str(row.pk), 0)
    is_open = row.state == TalkState.OPEN
    statement = queries.next_statement(row, actor.person_id or 0) if is_open and given < most else None
    standing = queries.of_voter(row, actor.person_id or 0)
    context = {
        "conversation": row,
        "statement": statement,
        "form": form,
        "number": given + 1,
        "of": min(most, given + standing.left),
        "standing": standing,
        "is_open": is_open,
    }
    return render(request, "opinions/vote.html", context, status=status)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def say(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Say a statement of one's own; those that were said stand below with what became of them."""
    actor = actor_of(request)
    row = _the_conversation(actor, conversation_id)
    rules.may_speak(actor, row).enforce()
    form = StatementForm(sent(request))
    waits = row.checked == Conversation.Checked.BEFORE
    return step_page(
        request,
        form,
        lambda: actions.say(
            actor=actor,
            conversation_id=row.pk,
            text=form.cleaned_data["text"],
            door=Door(key=form.cleaned_data["key"]),
        ),
        template="opinions/say.html",
        shown={"conversation": row, "own": queries.own_statements(row, actor.person_id or 0), "waits": waits},
        done=_("Said. The community looks at it first.") if waits else _("Said. Your neighbours can vote on it now."),
        back=f"/opinions/{row.pk}/",
    )
