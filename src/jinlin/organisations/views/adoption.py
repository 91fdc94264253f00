"""Pages on which a district reads playbooks, adopts one, and sets values of it for itself."""

from functools import reduce
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jinlin.organisations.actions import adopt_playbook
from jinlin.organisations.actions.adoption import Adoption, read_adoption
from jinlin.organisations.forms.method import ReasonForm, ValueForm
from jinlin.organisations.queries.method import adoptions, differences, playbook_files, tables_of_values
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.wording import in_a_row, labelled
from jinlin.playbooks.actions import end_override, override_value
from jinlin.playbooks.adjusting import Adjustable, adjustable
from jinlin.playbooks.files import PlaybookError
from jinlin.playbooks.here import adopted_playbook, current_playbook
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.reading import sections_of, summary_of
from jinlin.playbooks.rules import may_set_method
from jinlin.playbooks.schema import Playbook
from jinlin.playbooks.wording import label_of, name_of, shown

CHANGES = "organisations:desk-method"


def _setter(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    actor.must_be_signed_in()
    may_set_method(actor).enforce()
    return actor


@login_required
@never_cache
@require_GET
def method(request: HttpRequest) -> HttpResponse:
    """Show the work method in force, where the district differs from it, and which others there are."""
    _setter(request)
    playbook = adopted_playbook()
    page = {
        "playbook": playbook,
        "name": name_of(playbook),
        "summary": summary_of(current_playbook()),
        "differences": differences(playbook),
        "files": playbook_files(),
        "adoptions": adoptions(),
    }
    return render(request, "organisations/method.html", page)


@login_required
@never_cache
@require_GET
def read_playbook(request: HttpRequest, name: str) -> HttpResponse:
    """Show what a playbook says, in plain words, or what is wrong with its file."""
    _setter(request)
    page: dict[str, Any] = {"name": name, "profile": name}
    try:
        playbook = load_playbook(name)
    except PlaybookError as error:
        page["findings"] = [str(found) for found in error.findings]
        return render(request, "organisations/playbook.html", page, status=422)
    in_force = adopted_playbook().profile == name
    page |= {"name": name_of(playbook), "summary": summary_of(playbook), "sections": sections_of(playbook)}
    return render(request, "organisations/playbook.html", page | {"in_force": in_force})


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def adopt(request: HttpRequest, name: str) -> HttpResponse:
    """Say in numbers what adopting a playbook founds, then adopt it."""
    actor = _setter(request)
    back_url = reverse("organisations:read-playbook", args=[name])
    try:
        playbook = load_playbook(name)
    except PlaybookError:
        return redirect(back_url)
    if request.method == "POST":
        made = adopt_playbook(actor=actor, playbook=playbook)
        messages.success(request, _("The work method is adopted. %(founded)s") % {"founded": _in_numbers(made)})
        return redirect(CHANGES)
    page = {
        "act": _("Adopt the work method of %(place)s") % {"place": name_of(playbook)},
        "consequence": _consequence(playbook, read_adoption(playbook)),
        "action_url": request.path,
        "yes": _("Adopt this work method"),
        "no": _("Keep the one in force"),
        "back_url": back_url,
    }
    return render(request, "web/confirmation.html", page)


def _consequence(playbook: Playbook, plan: Adoption) -> str:
    former = adopted_playbook()
    words = [_in_numbers(plan)]
    if former.profile != playbook.profile:
        words.append(
            _("The duty list of %(place)s no longer holds; its bodies stay until they are ended.")
            % {"place": name_of(former)}
        )
    return _in_sentences(words)


def _in_numbers(plan: Adoption) -> str:
    """What an adoption founds, in sentences."""
    bodies = ngettext("%(count)s body is founded", "%(count)s bodies are founded", plan.bodies) % {"count": plan.bodies}
    if plan.founded:
        bodies = labelled(bodies, in_a_row(f"{name_of(kind)} {count}" for kind, count in plan.founded))
    words = [_("%(bodies)s; lines of the duty list: %(duties)s.") % {"bodies": bodies, "duties": plan.duties}]
    if plan.left_out:
        name, why = plan.left_out[0]
        left = {"count": len(plan.left_out), "name": name, "why": why}
        words.append(_("Left out: %(count)s, such as %(name)s: %(why)s") % left)
    return _in_sentences(words)


def _in_sentences(words: list[str]) -> str:
    return reduce(lambda before, after: _("%(before)s %(after)s") % {"before": before, "after": after}, words)


@login_required
@never_cache
@require_GET
def values(request: HttpRequest) -> HttpResponse:
    """List every value of the work method that the district may set for itself."""
    _setter(request)
    page = {"tables": tables_of_values(adopted_playbook(), current_playbook())}
    return render(request, "organisations/method_values.html", page)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def set_value(request: HttpRequest) -> HttpResponse:
    """Set a value of the work method for the district, with a reason."""
    actor, playbook = _setter(request), current_playbook()
    found = _found(playbook, request)
    own = adjustable(adopted_playbook(), found.path)
    form = ValueForm(sent(request), found=found)
    if form.is_bound and form.is_valid():
        try:
            override_value(actor=actor, path=found.path, **form.cleaned_data)
            messages.success(request, _("The value is set; it holds within a few seconds."))
            return redirect(CHANGES)
        except Invalid as error:
            show_refusal(form, error)
    page = {"form": form, "label": label_of(playbook, found), "own": shown(found, own.value if own else None)}
    return render(request, "organisations/method_value.html", page, status=status_of(form))


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def give_back(request: HttpRequest) -> HttpResponse:
    """Give a value back to the playbook, with a reason."""
    actor, playbook = _setter(request), adopted_playbook()
    found = _found(playbook, request)
    form = ReasonForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            end_override(actor=actor, path=found.path, reason=form.cleaned_data["reason"])
            messages.success(request, _("The playbook's own value holds again."))
            return redirect(CHANGES)
        except Invalid as error:
            show_refusal(form, error)
    page = {"form": form, "label": label_of(playbook, found), "own": shown(found, found.value), "ending": True}
    return render(request, "organisations/method_value.html", page, status=status_of(form))


def _found(playbook: Playbook, request: HttpRequest) -> Adjustable:
    found = adjustable(playbook, request.GET.get("path", ""))
    if found is None:
        raise NotFound
    return found
