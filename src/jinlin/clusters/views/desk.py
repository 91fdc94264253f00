"""Common troubles at the desk: the month's ranking, the rules and what they would find, one trouble with its answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.clusters import actions, queries, rules
from jinlin.clusters.forms import AnswerForm, FrequentForm, LookedAtForm, SeenForm, SettleForm, TryForm
from jinlin.clusters.models import Cluster
from jinlin.clusters.queries import Common
from jinlin.clusters.states import TABLE, ClusterState, ClusterVerb
from jinlin.disclosure.models import Disclosure
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.doors import View
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE, page_for, step_page
from jinlin.platform.paging import page_of
from jinlin.playbooks.here import current_playbook
from jinlin.requests import rules as requests
from jinlin.requests.queries.choices import category_names
from jinlin.requests.queries.desk import Wanted, list_url

PAGE = 50
MOST_RANKED = 30
AT_FIELD = {"answer": "words", "text": "words"}
"""Where the form shows what is refused in words that become public."""
TONES = {ClusterState.OPEN: "soon", ClusterState.ANSWERED: "working", ClusterState.CLOSED: "done"}


desk_page = page_for(rules.LOOKERS)
"""Keeps a page to those who answer for a place or audit it, and out of caches."""


@require_safe
@desk_page
def clusters(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the common troubles of the places that the actor answers for, the newest first."""
    rows = rules.visible_to(actor).select_related("body", "zone")
    page = page_of(rows, "opened_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    context = {
        "clusters": [(row, TONES[ClusterState(row.state)]) for row in page.rows],
        "total": rows.count(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "led": queries.led(requests.visible_to(actor))[:PAGE],
    }
    return render(request, "clusters/desk/clusters.html", context)


@require_safe
@desk_page
def frequent(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Rank what many had in a month, households and requests apart; each row can be taken on as one."""
    form = FrequentForm(request.GET)
    context: dict[str, Any] = {"form": form, "may_take_on": bool(actor.grants_as(rules.ANSWERERS))}
    if form.is_valid():
        context |= {
            "rows": _ranked(actor, form),
            "month": form.day,
            "order": form.cleaned_data["order"] or "households",
        }
    return render(request, "clusters/desk/frequent.html", context, status=200 if form.is_valid() else 422)


def _ranked(actor: Actor, form: FrequentForm) -> list[dict[str, Any]]:
    ranked = queries.ranked(_groups(actor, form), form.cleaned_data["order"] or "households", MOST_RANKED)
    names, words, taken = queries.names_of(ranked), category_names(), queries.taken_on(ranked)
    first, after = queries.month_of(form.day)
    return [
        {
            "common": one,
            "place": names.get(one.where, one.where),
            "category": words.get(one.category, one.category),
            "cluster": next((taken[key] for key in one.requests if key in taken), None),
            "url": _list_url(one, first.date(), after.date()),
        }
        for one in ranked
    ]


def _groups(actor: Actor, form: FrequentForm) -> list[Common]:
    rows = requests.visible_to(actor, queries.received_between(*queries.month_of(form.day)))
    return queries.common(rows, form.cleaned_data["scope"] or "community")


def _list_url(one: Common, first: Any, after: Any) -> str:
    where = {"place": one.where} if isinstance(one.where, str) else {"zone": one.where}
    return list_url(Wanted(category=one.category, first=first, last=after, **where))


@require_POST
@desk_page
def take_on(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a row of the ranking on as one common trouble."""
    form = FrequentForm(request.POST)
    if not form.is_valid():
        raise NotFound
    where, category = request.POST.get("where", ""), request.POST.get("category", "")
    group = next((one for one in _groups(actor, form) if (str(one.where), one.category) == (where, category)), None)
    if group is None:
        raise NotFound(_("This row is no longer in the ranking."))
    made = actions.take_on(actor=actor, group=group)
    messages.success(request, _("Taken on as %(number)s.") % {"number": made.number})
    return redirect("clusters:desk-one", made.pk)


@require_safe
@desk_page
def hot_rules(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the rules of the playbook, and what one would find now with other numbers; nothing is written."""
    shown = []
    for rule in current_playbook().hot_rule:
        asked = request.GET if request.GET.get("rule") == rule.key else None
        form = TryForm.for_rule(rule, asked)
        found = actions.read_rule(rule, **form.cleaned_data) if asked and form.is_valid() else None
        shown.append({"rule": rule, "form": form, "found": None if found is None else _said(actor, found)})
    return render(request, "clusters/desk/rules.html", {"rules": shown})


def _said(actor: Actor, found: list[actions.Found]) -> list[dict[str, Any]]:
    words = category_names()
    seen = [one for one in found if actor.has(rules.LOOKERS, one.place_code, (one.zone and one.zone.pk,))]
    names = queries.names_of([one.common for one in seen])
    return [
        {"found": one, "place": names.get(one.common.where, ""), "category": words.get(one.common.category, "")}
        for one in seen
    ]


def _the_cluster(actor: Actor, cluster_id: int) -> Cluster:
    cluster = rules.visible_to(actor).select_related("body", "zone").filter(pk=cluster_id).first()
    if cluster is None:
        raise NotFound
    return cluster


@require_safe
@desk_page
def one(request: HttpRequest, actor: Actor, cluster_id: int) -> HttpResponse:
    """Show a common trouble: what was counted, its requests, the plan of work, the answers."""
    return render(request, "clusters/desk/one.html", _shown(actor, _the_cluster(actor, cluster_id)))


def _shown(actor: Actor, cluster: Cluster) -> dict[str, Any]:
    rows = requests.visible_to(actor).filter(cluster_member__cluster=cluster).order_by("received_at", "pk")
    public = Disclosure.objects.filter(subject_kind=cluster._meta.label_lower, subject_id=cluster.pk, current=True)
    rule = next((row for row in current_playbook().hot_rule if row.key == cluster.rule), None)
    return {
        "cluster": cluster,
        "tone": TONES[ClusterState(cluster.state)],
        "category": category_names().get(cluster.category, cluster.category),
        "rule": rule,
        "requests": rows.select_related("body"),
        "members": cluster.members.count(),
        "tasks": queries.tasks_of(cluster),
        "replies": cluster.replies.all(),
        "public": public.first(),
        "verbs": set(TABLE.verbs_from(cluster.state)) if rules.may_answer(actor, cluster) else set(),
    }


def to_look_at(form: SeenForm) -> list[str]:
    """Return what a person has to look at before it becomes public; nothing where they have, or nothing does."""
    if not isinstance(form, LookedAtForm) or not form.is_bound or not form.is_valid() or not form.asks_for_a_look():
        return []
    form.show()
    return form.public_words()


def _step(form_class: type[SeenForm], act: Callable[..., Any], verb: ClusterVerb, word: Any) -> View:
    """Return the page of one step of a common trouble."""

    @require_http_methods(READ_WRITE)
    @desk_page
    def page(request: HttpRequest, actor: Actor, cluster_id: int) -> HttpResponse:
        cluster = _the_cluster(actor, cluster_id)
        form = form_class(sent(request), seen=str(cluster.version))

        def take() -> None:
            given = {
                name: value for name, value in form.cleaned_data.items() if name not in {"key", "seen", "looked_at"}
            }
            act(actor=actor, cluster_id=cluster_id, door=form.door(), **given)

        context = {"cluster": cluster, "word": word}
        if rules.may_be_public(cluster.households) and (preview := to_look_at(form)):
            return render(request, "clusters/desk/step.html", context | {"form": form, "preview": preview})
        back = reverse("clusters:desk-one", args=[cluster_id])
        return step_page(
            request,
            form,
            take,
            template="clusters/desk/step.html",
            shown=context,
            done=_("%(step)s: done for %(number)s.") % {"number": cluster.number, "step": word},
            back=back,
            names=AT_FIELD,
        )

    return page


answer = _step(AnswerForm, actions.answer_all, ClusterVerb.ANSWER, ClusterVerb.ANSWER.label)
settle = _step(SettleForm, actions.settle, ClusterVerb.CLOSE, ClusterVerb.CLOSE.label)
