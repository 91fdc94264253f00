"""Conversations at the desk: preparing, the check of statements, seeds, slips, the steps, and the figures to take along."""

import io
from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.opinions import actions, exports, queries, rules
from jinlin.opinions.actions import NewConversation
from jinlin.opinions.forms import AT_FIELD, ConversationForm, PlainForm, SeedsForm, SlipForm, WordsForm
from jinlin.opinions.models import Conversation, Statement
from jinlin.opinions.states import STATEMENTS, TALKS, StatementState, StatementVerb, TalkState, TalkVerb
from jinlin.opinions.views.showing import TONES, shown
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import NotFound, Words
from jinlin.platform.forms import KeyedForm, sent
from jinlin.platform.pages import READ_WRITE, page_for, step_page
from jinlin.platform.paging import page_of
from jinlin.platform.sends import Door
from jinlin.platform.spreadsheets import XLSX_TYPE, csv_lines, write_workbook
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Zone

PAGE = 50
MOST_QUEUED = 100
desk_page = page_for(rules.LOOKERS)


class Page(NamedTuple):
    """The page of a step: its heading and button, what it asks, what was done, whether it needs words, and the action."""

    button: Words
    asks: Words
    done: Words
    has_words: bool
    act: Callable[..., Any]


TALK_PAGES = {
    TalkVerb.OPEN: Page(
        pgettext_lazy("conversation", "Open it"), _("Those who live there can speak and vote from now on."),
        pgettext_lazy("conversation", "It is open."), False, actions.open_conversation,
    ),
    TalkVerb.CLOSE: Page(
        pgettext_lazy("conversation", "Close it"), _("Nobody can vote any more; what came of it stays in public."),
        pgettext_lazy("conversation", "It is closed."), False, actions.close_conversation,
    ),
    TalkVerb.WITHDRAW: Page(
        pgettext_lazy("conversation", "Withdraw it"), _("It is no longer in public; say why."),
        pgettext_lazy("conversation", "It is withdrawn."), True, actions.withdraw_conversation,
    ),
}  # fmt: skip
STATEMENT_PAGES = {
    StatementVerb.SHOW: Page(
        pgettext_lazy("statement", "Show it"), _("Everybody can read it and vote on it."),
        pgettext_lazy("statement", "It is shown."), False, actions.show,
    ),
    StatementVerb.HIDE: Page(
        pgettext_lazy("statement", "Do not show it"), _("Its writer reads the reason; votes on it do not count."),
        pgettext_lazy("statement", "It is not shown."), True, actions.hide,
    ),
}  # fmt: skip


def _door(form: KeyedForm) -> Door:
    return Door(seen=form.cleaned_data["seen"], key=form.cleaned_data["key"])


@require_safe
@desk_page
def conversations(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the conversations of the places that the actor answers for, the newest first."""
    rows = rules.at_desk(actor).select_related("zone")
    page = page_of(rows, "made_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    context = {
        "rows": [(row, TONES[TalkState(row.state)]) for row in page.rows],
        "total": rows.count(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "keeps": bool(queries.communities_kept(actor)),
    }
    return render(request, "opinions/desk/conversations.html", context)


@require_http_methods(READ_WRITE)
@desk_page
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Prepare a conversation, for a matter where the address names one."""
    places = queries.communities_kept(actor)
    zones = [(zone.pk, zone.name) for zone in queries.zones_of(code for code, _name in places)]
    before = {"checked": current_playbook().norms.statements_checked, "subject": request.GET.get("for", "")}
    form = ConversationForm(sent(request), places=places, zones=zones, initial=before)
    made: list[Conversation] = []

    def act() -> None:
        given = form.cleaned_data
        zone = Zone.objects.filter(pk=given["zone"]).first() if given["zone"] else None
        fresh = NewConversation(
            title=given["title"], place_code=given["place"], first_day=given["first_day"], last_day=given["last_day"],
            text=given["text"], zone=zone, checked=given["checked"], subject=given["subject"],
        )  # fmt: skip
        made.append(actions.make_conversation(actor=actor, new=fresh, door=_door(form)))

    done = _("Prepared. Put in statements to begin with, then open it.")
    return step_page(
        request,
        form,
        act,
        template="opinions/desk/new.html",
        shown={},
        done=done,
        back="/desk/opinions/",
        names=AT_FIELD,
    )


def _the_conversation(actor: Actor, conversation_id: int) -> Conversation:
    row = rules.at_desk(actor).select_related("zone").filter(pk=conversation_id).first()
    if row is None:
        raise NotFound
    return row


@require_safe
@desk_page
def one(request: HttpRequest, actor: Actor, conversation_id: int) -> HttpResponse:
    """Show a conversation with the statements to look at, all others, the steps that are open and its history."""
    row = _the_conversation(actor, conversation_id)
    rows = row.statements.order_by("pk")
    keeps = bool(rules.keeps(actor, row.place_code))
    context = shown(row) | {
        "queue": rows.filter(looked_at=False)[:MOST_QUEUED],
        "others": [(one, STATEMENTS.verbs_from(one.state)) for one in rows.filter(looked_at=True)[:MOST_QUEUED]],
        "keeps": keeps,
        "verbs": [(verb, TALK_PAGES[TalkVerb(verb)]) for verb in TALKS.verbs_from(row.state)] if keeps else [],
        "history": row.steps.order_by("-number"),
        "batches": row.batches.order_by("-at"),
    }
    return render(request, "opinions/desk/one.html", context)


@require_http_methods(READ_WRITE)
@desk_page
def step(request: HttpRequest, actor: Actor, conversation_id: int, name: str) -> HttpResponse:
    """Take a step of a conversation."""
    row = _the_conversation(actor, conversation_id)
    if name not in TALK_PAGES:
        raise NotFound
    page = TALK_PAGES[TalkVerb(name)]
    return _stepped(request, actor, page, row, row.title, {"conversation_id": row.pk}, row.pk)


@require_http_methods(READ_WRITE)
@desk_page
def statement_step(request: HttpRequest, actor: Actor, statement_id: int, name: str) -> HttpResponse:
    """Show a statement or hide it."""
    row = Statement.objects.filter(pk=statement_id, conversation__in=rules.at_desk(actor)).first()
    if row is None or name not in STATEMENT_PAGES:
        raise NotFound
    page = STATEMENT_PAGES[StatementVerb(name)]
    return _stepped(request, actor, page, row, row.text, {"statement_id": row.pk}, row.conversation_id)


def _stepped(
    request: HttpRequest, actor: Actor, page: Page, row: Any, title: str, which: dict[str, int], back: int
) -> HttpResponse:
    form = (WordsForm if page.has_words else PlainForm)(sent(request), seen=str(row.version))

    def act() -> None:
        words = {"words": form.cleaned_data["words"]} if page.has_words else {}
        page.act(actor=actor, door=_door(form), **which, **words)

    context = {"page": page, "title": title, "back": f"/desk/opinions/{back}/"}
    return step_page(
        request, form, act, template="opinions/desk/step.html", shown=context, done=page.done, back=context["back"]
    )


@require_http_methods(READ_WRITE)
@desk_page
def seeds(request: HttpRequest, actor: Actor, conversation_id: int) -> HttpResponse:
    """Put in statements of the house, one on each line."""
    row = _the_conversation(actor, conversation_id)
    form = SeedsForm(sent(request))

    def act() -> None:
        actions.seed(actor=actor, conversation_id=row.pk, texts=form.lines(), door=_door(form))

    back = f"/desk/opinions/{row.pk}/"
    context = {"conversation": row, "back": back}
    done = _("The statements are in.")
    return step_page(request, form, act, template="opinions/desk/seeds.html", shown=context, done=done, back=back)


@require_http_methods(READ_WRITE)
@desk_page
def slips(request: HttpRequest, actor: Actor, conversation_id: int) -> HttpResponse:
    """Enter a paper slip, and go on to the next one."""
    row = _the_conversation(actor, conversation_id)
    statements = row.statements.filter(state=StatementState.SHOWN).order_by("pk")
    form = SlipForm(sent(request), statements=statements)

    def act() -> None:
        actions.enter_slips(actor=actor, conversation_id=row.pk, slips=[form.slip()], door=_door(form))

    context = {"conversation": row, "fields": [form[f"s{one.pk}"] for one in form.statements]}
    done, back = _("The slip is in; here is the next one."), f"/desk/opinions/{row.pk}/slips/"
    return step_page(request, form, act, template="opinions/desk/slips.html", shown=context, done=done, back=back)


@require_safe
@desk_page
def export(request: HttpRequest, actor: Actor, conversation_id: int, form: str) -> HttpResponse:
    """Give the figures of all statements as `csv` or as `xlsx`; nothing about any person."""
    row = _the_conversation(actor, conversation_id)
    rows = exports.statements(row)
    if form == "csv":
        lines = csv_lines(exports.HEADS, rows)
        answer: HttpResponse = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    else:
        buffer = io.BytesIO()
        write_workbook(buffer, exports.HEADS, rows, sheet=_("Statements"))
        answer = HttpResponse(buffer.getvalue(), content_type=XLSX_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, f"opinions-{row.pk}.{form}")
    return answer
