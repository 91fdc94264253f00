"""Lists at the desk: opened, filled by hand or from a sheet, their items taken on, linked, checked, and closed."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.lists import actions, exports, queries, rules
from jinlin.lists.actions import NewList
from jinlin.lists.forms import ClaimForm, ItemForm, LinkForm, ListForm, SheetForm, WantedForm, WordsForm
from jinlin.lists.imports import COLUMNS, read_items
from jinlin.lists.models import Item, ItemList
from jinlin.lists.views.resident import shares_of
from jinlin.lists.views.showing import STEPS, kind_choices, name_of, percent, shown_item, the_item, the_list, toned
from jinlin.organisations.models import Body
from jinlin.organisations.rules import bodies_kept_by, bodies_of
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import Invalid, JinlinError, NotFound
from jinlin.platform.forms import KeyedForm, sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE, page_for, step_page
from jinlin.platform.paging import page_of
from jinlin.platform.spreadsheets import Finding, rows_answer, template_workbook, workbook_answer

PAGE, MOST_SHOWN, MOST_TO_LINK = 50, 100, 200


desk_page = page_for(rules.WORKERS)
"""Keeps a page to those who work with lists, and out of caches."""


def _wanted(request: HttpRequest, actor: Actor) -> tuple[WantedForm, QuerySet[ItemList]]:
    form = WantedForm(request.GET, kinds=kind_choices())
    given = form.cleaned_data if form.is_valid() else {}
    return form, queries.narrowed(queries.lists_at_desk(actor), given)


@require_safe
@desk_page
def lists(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the lists of the area with their progress, and how the items divide by source."""
    form, rows = _wanted(request, actor)
    page = page_of(
        queries.with_progress(rows), "opened_at", size=PAGE,
        older=request.GET.get("older", ""), newer=request.GET.get("newer", ""),
    )  # fmt: skip
    kinds = queries.kinds()
    shown = {
        "form": form,
        "lists": [(row, name_of(kinds.get(row.kind), row.kind), percent(row)) for row in page.rows],
        "total": rows.count(),
        "shares": shares_of(Item.objects.filter(list__in=rows)),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "query": same_list(request.GET),
    }
    return render(request, "lists/desk/lists.html", shown, status=200 if form.is_valid() else 422)


@require_http_methods(READ_WRITE)
@desk_page
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open a list."""
    places = queries.communities_at_desk(actor)
    zones = queries.estates_in(code for code, _name in places)
    bodies = (bodies_kept_by(actor) | Body.objects.filter(pk__in=bodies_of(actor).values("pk"))).filter(active=True)
    form = ListForm(
        sent(request), kinds=kind_choices(), places=places, zones=zones.values_list("pk", "name"),
        bodies=bodies.distinct().order_by("name").values_list("pk", "name"),
    )  # fmt: skip
    made: list[ItemList] = []

    def act() -> None:
        given = form.cleaned_data
        zone = zones.filter(pk=given["zone"] or 0).first()
        wanted = NewList(given["kind"], given["title"], given["place"], bodies.get(pk=given["body"]), zone)
        made.extend(actions.open_lists(actor=actor, lists=[wanted], door=form.door()))

    return step_page(
        request, form, act, template="lists/desk/new.html", shown={},
        done=lambda: _("The list is open.") if made else "",
        back=lambda: reverse("lists:desk-list", args=[made[0].pk]) if made else reverse("lists:desk-lists"),
    )  # fmt: skip


def _list(actor: Actor, list_id: int) -> ItemList:
    if not queries.lists_at_desk(actor).filter(pk=list_id).exists():
        raise NotFound
    return the_list(list_id)


@require_safe
@desk_page
def one(request: HttpRequest, actor: Actor, list_id: int) -> HttpResponse:
    """Show a list with its items and the way of each, forth and back."""
    item_list = _list(actor, list_id)
    shown = {
        "item_list": item_list,
        "kind": name_of(queries.kinds().get(item_list.kind), item_list.kind),
        "percent": percent(item_list),
        "items": toned(queries.linked_items(item_list)),
        "shares": shares_of(item_list.items.all()),
        "may_keep": rules.keeps(actor, item_list.place_code, item_list.body_id) and item_list.closed_at is None,
    }
    return render(request, "lists/desk/list.html", shown)


@require_http_methods(READ_WRITE)
@desk_page
def add(request: HttpRequest, actor: Actor, list_id: int) -> HttpResponse:
    """Put something on a list."""
    item_list = _list(actor, list_id)
    form = ItemForm(sent(request), answers=_to_link(item_list))

    def act() -> None:
        actions.add_items(actor=actor, list_id=list_id, items=[form.new_item()], door=form.door())

    back = reverse("lists:desk-list", args=[list_id])
    return step_page(
        request,
        form,
        act,
        template="lists/desk/add.html",
        shown={"item_list": item_list},
        done=_("It is on the list."),
        back=back,
    )


def _to_link(item_list: ItemList) -> list[tuple[int, str]]:
    rows = queries.could_be_answered(item_list)[:MOST_TO_LINK]
    return [(row.pk, f"{row.title}（{row.list.title}）") for row in rows]


@require_POST
@desk_page
def close(request: HttpRequest, actor: Actor, list_id: int) -> HttpResponse:
    """Close a list whose items are all finished."""
    try:
        actions.close_list(actor=actor, list_id=list_id)
        messages.success(request, _("The list is closed."))
    except JinlinError as error:
        if error.status != 409:
            raise
        messages.error(request, str(error))
    return redirect("lists:desk-list", list_id=list_id)


@require_safe
@desk_page
def item(request: HttpRequest, actor: Actor, item_id: int) -> HttpResponse:
    """Show an item with its traces and the steps that the actor may take."""
    found = the_item(item_id)
    _list(actor, found.list_id)
    kept = rules.keeps(actor, found.list.place_code, found.list.body_id)
    linkable = kept and bool(queries.kind_of(found.list.kind).answers)
    return render(request, "lists/desk/item.html", shown_item(actor, found) | {"linkable": linkable})


@require_http_methods(READ_WRITE)
@desk_page
def step(request: HttpRequest, actor: Actor, item_id: int, name: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    if name not in STEPS:
        raise NotFound
    page, found = STEPS[name], the_item(item_id)
    _list(actor, found.list_id)
    form = _step_form(request, actor, found, name)

    def act() -> None:
        given = {key: value for key, value in form.cleaned_data.items() if key in {"words", "due_on"}}
        if "body" in form.cleaned_data:
            given["body"] = Body.objects.get(pk=form.cleaned_data["body"])
        page.act(actor=actor, item_ids=[item_id], door=form.door(), **given)

    shown = {"item": found, "page": page, "base": "web/desk.html", "back": "lists:desk-item"}
    back = reverse("lists:desk-item", args=[item_id])
    return step_page(request, form, act, template="lists/step.html", shown=shown, done=_("Written down."), back=back)


def _step_form(request: HttpRequest, actor: Actor, found: Item, name: str) -> KeyedForm:
    seen = str(found.version)
    if name != "claim":
        return WordsForm(sent(request), seen=seen)
    bodies = queries.bodies_for(found.list)
    if not rules.keeps(actor, found.list.place_code, found.list.body_id):
        bodies = bodies_of(actor)
    return ClaimForm(sent(request), seen=seen, bodies=bodies.values_list("pk", "name"))


@require_http_methods(READ_WRITE)
@desk_page
def link(request: HttpRequest, actor: Actor, item_id: int) -> HttpResponse:
    """Say what an item answers."""
    found = the_item(item_id)
    form = LinkForm(sent(request), answers=_to_link(_list(actor, found.list_id)))

    def act() -> None:
        actions.link_items(actor=actor, answering_id=item_id, answered_ids=form.cleaned_data["answers"])

    back = reverse("lists:desk-item", args=[item_id])
    return step_page(
        request, form, act, template="lists/desk/link.html", shown={"item": found}, done=_("Linked."), back=back
    )


@require_POST
@desk_page
def unlink(request: HttpRequest, actor: Actor, item_id: int, answered_id: int) -> HttpResponse:
    """Take a link back."""
    try:
        actions.unlink_items(actor=actor, answering_id=item_id, answered_id=answered_id)
        messages.success(request, _("The link is taken back."))
    except Invalid as error:
        messages.error(request, str(error))
    return redirect("lists:desk-item", item_id=item_id)


# --- sheets ---


@require_safe
@desk_page
def export_lists(request: HttpRequest, actor: Actor, form: str) -> HttpResponse:
    """Give the lists with the filters of their page as `csv` or `xlsx`."""
    rows = exports.lists(_wanted(request, actor)[1])
    return rows_answer(form, "lists", exports.LIST_HEADS, rows, sheet=_("List"))


@require_safe
@desk_page
def export_items(request: HttpRequest, actor: Actor, list_id: int, form: str) -> HttpResponse:
    """Give the items of a list as `csv` or `xlsx`."""
    rows = exports.items(_list(actor, list_id))
    return rows_answer(form, f"list-{list_id}", exports.ITEM_HEADS, rows, sheet=_("List"))


@require_http_methods(READ_WRITE)
@desk_page
def sheet(request: HttpRequest, actor: Actor, list_id: int) -> HttpResponse:
    """Take a sheet of items in, all rows or none, with what is wrong row by row; or give the template."""
    item_list = _list(actor, list_id)
    if request.GET.get("as") == "template":
        return workbook_answer("items-template.xlsx", template_workbook, COLUMNS, sheet=item_list.title)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    findings: Sequence[Finding] = []
    if form.is_bound and form.is_valid():
        try:
            report = actions.take_items(actor=actor, list_id=list_id, lines=read_items(form.cleaned_data["file"]))
            findings = report.findings
            if not findings:
                words = _("%(taken)s rows were taken in, %(known)s were there already.")
                messages.success(request, words % {"taken": report.taken, "known": report.known})
                return redirect("lists:desk-list", list_id=list_id)
        except Invalid as error:
            show_refusal(form, error)
    shown = {"form": form, "item_list": item_list, "findings": findings[:MOST_SHOWN],
             "more": len(findings) - MOST_SHOWN}  # fmt: skip
    return render(request, "lists/desk/sheet.html", shown, status=422 if findings else status_of(form))
