"""The wall as residents see it: what is wished, making a wish, and each step of one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.platform.access import Actor, actor_of
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE, step_page
from jinlin.platform.paging import page_of
from jinlin.wishes import actions, queries, rules
from jinlin.wishes.forms import AT_FIELD, WallForm, WishForm, WordsForm
from jinlin.wishes.models import Wish
from jinlin.wishes.states import WishVerb
from jinlin.wishes.views.showing import STEPS, TONES, StepPage, page_of_step, shown, the_wish

PAGE = 20


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Show the wishes that wait to come true, or those that have."""
    own = [code for code, _name in queries.own_communities(actor_of(request))]
    form = WallForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    near = [] if given.get("where") else own
    rows = queries.on_wall(come_true=given.get("show") == "true", communities=near)
    page = page_of(rows, "made_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    names = queries.names_of(row.place_code for row in page.rows)
    shown_now = {
        "form": form,
        "wishes": [(row, TONES.get(row.state, "quiet"), names.get(row.place_code, "")) for row in page.rows],
        "come_true": given.get("show") == "true",
        "total": rows.count(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "wishes/wall.html", shown_now, status=200 if form.is_valid() else 422)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Make a wish; words that come along from the page for raising things are kept."""
    actor = actor_of(request)
    comes_from_raising = request.method == "POST" and "nickname" not in request.POST
    form = WishForm(
        None if comes_from_raising else sent(request),
        places=queries.communities_to_choose(actor),
        mandates=queries.principals(actor),
        initial={"text": request.POST.get("text", "")},
    )
    made: list[Wish] = []
    return step_page(
        request, form, lambda: made.append(_made(actor, form)), template="wishes/new.html", shown={}, names=AT_FIELD,
        back=lambda: reverse("wishes:receipt", args=[made[0].pk]),
    )  # fmt: skip


def _made(actor: Actor, form: WishForm) -> Wish:
    for_person = form.cleaned_data.get("for_person")
    return actions.make_wish(actor=actor, new=form.new_wish(), for_person_id=for_person, door=form.door())


@login_required
@never_cache
@require_safe
def receipt(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Show number, who checks it and by when, and what happens next."""
    wish = the_wish(actor_of(request), wish_id)
    return render(request, "wishes/receipt.html", {"wish": wish})


@require_safe
def one(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Show one wish, and what whoever looks can do about it."""
    actor = actor_of(request)
    return render(request, "wishes/one.html", shown(actor, the_wish(actor, wish_id)))


@login_required
@never_cache
@require_POST
def reach(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Show how the wisher is reached, on record."""
    actor = actor_of(request)
    person = actions.reveal_wisher(actor=actor, wish_id=wish_id)
    return render(request, "wishes/one.html", shown(actor, the_wish(actor, wish_id)) | {"person": person})


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def step(request: HttpRequest, wish_id: int, name: str) -> HttpResponse:
    """Ask for the words of a step, and take it."""
    return wish_step(request, actor_of(request), wish_id, name, base="web/resident.html", back="wishes:one")


def wish_step(request: HttpRequest, actor: Actor, wish_id: int, name: str, *, base: str, back: str) -> HttpResponse:
    """Show the page of a step in the shell of a door, or take the step and go back. Raises: NotFound."""
    if name not in STEPS:
        raise NotFound
    wish = the_wish(actor, wish_id)
    page = page_of_step(name, actor, wish)
    form = WordsForm(sent(request), seen=wish.state)
    if not form.is_bound:
        rules.may(actor, WishVerb(name.replace("-", "_")), wish).enforce()
    return step_page(
        request, form, lambda: _take(actor, wish, page, form), template="wishes/step.html",
        shown={"wish": wish, "page": page, "base": base, "back": back}, done=page.done,
        back=reverse(back, args=[wish_id]),
    )  # fmt: skip


def _take(actor: Actor, wish: Wish, page: StepPage, form: WordsForm) -> None:
    said: dict[str, Any] = {"words": form.cleaned_data["words"]} if page.has_words else {}
    page.act(actor=actor, wish_id=wish.pk, door=form.door(), **said)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def resend(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Change a wish that came back, and send it again."""
    actor = actor_of(request)
    wish = the_wish(actor, wish_id)
    rules.may(actor, WishVerb.RESEND, wish).enforce()
    before = {"title": wish.title, "text": wish.text, "nickname": wish.nickname, "cost": wish.cost_fen / 100}
    places = [(wish.place_code, queries.names_of([wish.place_code]).get(wish.place_code, ""))]
    form = WishForm(sent(request), places=places, initial=before, seen=wish.state)

    def act() -> None:
        actions.resend(actor=actor, wish_id=wish_id, new=form.new_wish(), door=form.door())

    back = reverse("wishes:one", args=[wish_id])
    return step_page(
        request,
        form,
        act,
        template="wishes/new.html",
        shown={"wish": wish},
        done=_("Sent again; the community checks it."),
        back=back,
        names=AT_FIELD,
    )


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show one's own wishes, those that one leads, and one's support pairs."""
    actor = actor_of(request)
    own = queries.mine(actor).order_by("-made_at", "-pk")[:PAGE]
    led = queries.led_by(actor).order_by("-claimed_at", "-pk")[:PAGE]
    shown_now = {
        "own": [(row, TONES.get(row.state, "quiet")) for row in own],
        "led": [(row, TONES.get(row.state, "quiet")) for row in led],
        "pairs": queries.pairs_of(actor).order_by("-offered_at", "-pk")[:PAGE],
        "me": actor.person_id,
    }
    return render(request, "wishes/mine.html", shown_now)
