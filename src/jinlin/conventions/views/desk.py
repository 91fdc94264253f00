"""Conventions at the desk: drafted clause by clause, opened for comments, answered, put to the vote, recalled."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.conventions import actions, queries, rules
from jinlin.conventions.actions import NewEdition
from jinlin.conventions.forms import ClauseForm, EditionForm, PaperForm, RemindForm, ReplyForm
from jinlin.conventions.models import Comment, Convention, Edition
from jinlin.conventions.states import EDITIONS, EditionVerb
from jinlin.conventions.views.showing import clause_choices, kind_choices, kind_name, shown, the_convention, the_edition
from jinlin.conventions.views.steps import STEPS
from jinlin.disclosure.queries.choices import bodies_for, communities_for, estates_in
from jinlin.disclosure.rules import marked, redacted, to_confirm
from jinlin.people.queries import names_at_home
from jinlin.platform.access import Actor
from jinlin.platform.errors import NotAllowed, NotFound
from jinlin.platform.forms import acted, sent
from jinlin.platform.pages import READ_WRITE, page_for, step_page
from jinlin.platform.photos import keep_photo
from jinlin.platform.works import Purpose, ways_to, works_for

MOST = 200
desk_page = page_for(rules.WORKERS)


@require_safe
@desk_page
def conventions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the conventions of the area, with what holds and what is under way."""
    rows = rules.at_desk(actor).order_by("zone__name", "kind")[:MOST]
    shown_now = [(row, kind_name(row.kind), queries.in_force(row), queries.under_way(row)) for row in rows]
    return render(request, "conventions/desk/list.html", {"rows": shown_now})


@require_http_methods(READ_WRITE)
@desk_page
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Draft a version."""
    zones = estates_in(code for code, _name in communities_for(actor))
    form = EditionForm(
        sent(request),
        initial={name: request.GET[name] for name in ("kind", "zone", "body") if name in request.GET},
        kinds=kind_choices(),
        zones=zones.values_list("pk", "name"),
        bodies=bodies_for(actor).values_list("pk", "name"),
    )
    made: list[Edition] = []

    def act() -> None:
        given = form.cleaned_data
        wanted = NewEdition(
            given["kind"],
            zones.get(pk=given["zone"]),
            bodies_for(actor).get(pk=given["body"]),
            given["text"],
            given["note"],
        )
        made.append(actions.draft_edition(actor=actor, new=wanted, door=form.door()))

    status = acted(form, act) if form.is_bound else 200
    if made:
        return redirect("conventions:desk-version", edition_id=made[0].pk)
    return render(request, "conventions/desk/new.html", {"form": form}, status=status)


def _mine(actor: Actor, convention: Convention) -> Convention:
    if not rules.at_desk(actor).filter(pk=convention.pk).exists():
        raise NotFound
    return convention


def _edition(actor: Actor, edition_id: int) -> Edition:
    edition = the_edition(actor, edition_id)
    _mine(actor, edition.convention)
    return edition


@require_safe
@desk_page
def version(request: HttpRequest, actor: Actor, edition_id: int) -> HttpResponse:
    """Show a version with its checklist, comments, votes and history, and what can be done."""
    edition = _edition(actor, edition_id)
    possible = EDITIONS.verbs_from(edition.state)
    context = shown(edition) | {
        "verbs": {verb for verb in possible if rules.may(actor, EditionVerb(verb), edition)},
        "checklist": rules.checklist(edition),
        "comments": edition.comments.order_by("number"),
        "votes": works_for(queries.subject_of(edition)),
        "ways": ways_to(Purpose.DECIDE),
        "subject": queries.subject_of(edition),
        "history": edition.steps.order_by("-number"),
    }
    return render(request, "conventions/desk/version.html", context)


@require_http_methods(READ_WRITE)
@desk_page
def clause(request: HttpRequest, actor: Actor, edition_id: int, key: int = 0) -> HttpResponse:
    """Write a clause anew, or add one."""
    edition = _edition(actor, edition_id)
    found = edition.clauses.filter(key=key).first()
    if key and found is None:
        raise NotFound
    kind = rules.kind_of(edition.convention.kind)
    form = ClauseForm(
        sent(request),
        initial={"text": found.text, "required": found.required} if found else {},
        seen=str(edition.version),
        required=[(row.key, rules.name_of(row)) for row in (kind.clause if kind else ())],
    )

    def act() -> None:
        if "remove" in request.POST and key:
            actions.remove_clause(actor=actor, edition_id=edition_id, key=key, door=form.door())
        else:
            words = form.words(key or None)
            actions.write_clause(actor=actor, edition_id=edition_id, clause=words, door=form.door())

    return _step(request, form, act, edition, "clause", _("The clause is written down."), {"found": found})


def _step(
    request: HttpRequest,
    form: Any,
    act: Any,
    edition: Edition,
    page: str,
    done: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    back = reverse("conventions:desk-version", args=[edition.pk])
    template = f"conventions/desk/{page}.html"
    return step_page(
        request, form, act, template=template, shown=shown(edition) | (more or {}), done=done, back=back,
        names={"minutes": "minutes", "photos": "minutes"},
    )  # fmt: skip


@require_http_methods(READ_WRITE)
@desk_page
def step(request: HttpRequest, actor: Actor, edition_id: int, name: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    if name not in STEPS:
        raise NotFound
    page, edition = STEPS[name], _edition(actor, edition_id)
    form = page.form(sent(request), seen=str(edition.version))

    def act() -> None:
        given = {key: value for key, value in form.cleaned_data.items() if key not in {"key", "seen"}}
        page.act(actor=actor, edition_id=edition_id, **given, door=form.door())

    more = {"page": page, "checklist": rules.checklist(edition) if name == "vote" else []}
    return _step(request, form, act, edition, "step", str(page.done), more)


@require_http_methods(READ_WRITE)
@desk_page
def paper(request: HttpRequest, actor: Actor, edition_id: int) -> HttpResponse:
    """Enter the result of a vote on paper."""
    edition = _edition(actor, edition_id)
    form = PaperForm(sent(request), request.FILES or None, seen=str(edition.version))

    def act() -> None:
        given = form.cleaned_data
        minutes = keep_photo(given["minutes"])
        actions.record_paper_vote(
            actor=actor, edition_id=edition_id, on=given["on"], vote=form.vote(), minutes=minutes, door=form.door()
        )

    rule = rules.kind_of(edition.convention.kind)
    return _step(request, form, act, edition, "paper", _("The result is entered."), {"rule": rule})


@require_http_methods(READ_WRITE)
@desk_page
def answer(request: HttpRequest, actor: Actor, comment_id: int) -> HttpResponse:
    """Answer a comment."""
    found = Comment.objects.filter(pk=comment_id).first()
    if found is None:
        raise NotFound
    edition = _edition(actor, found.edition_id)
    if not rules.may_keep(actor, edition.convention):
        raise NotAllowed
    names = names_at_home(found.person_id)
    posted = [request.POST.get(name, "") for name in ("summary", "answer")]
    initial = {"summary": redacted(found.text, names)[:300]}
    stretches = to_confirm([found.text, *posted], names)
    form = ReplyForm(sent(request), initial=initial, stretches=stretches, seen=str(edition.version))

    def act() -> None:
        actions.answer_comment(actor=actor, comment_id=comment_id, reply=form.reply(), door=form.door())

    more = {"comment": found, "original": marked(found.text, names)}
    return _step(request, form, act, edition, "answer", _("The comment is answered."), more)


@require_http_methods(READ_WRITE)
@desk_page
def remind(request: HttpRequest, actor: Actor, convention_id: int) -> HttpResponse:
    """Recall a clause to everybody."""
    convention = _mine(actor, the_convention(convention_id))
    current = queries.in_force(convention)
    if current is None:
        raise NotFound
    form = RemindForm(sent(request), clauses=clause_choices(current))

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in ("clause", "words")}
        actions.remind(actor=actor, convention_id=convention_id, **given, door=form.door())

    return _step(request, form, act, current, "remind", _("It is recalled to everybody."))
