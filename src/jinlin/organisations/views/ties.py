"""The desk's pages about the ties of units: to a host body, or to an estate that they back."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.organisations import actions, rules
from jinlin.organisations.forms import LastDayForm, TieForm
from jinlin.organisations.models import Partnership
from jinlin.organisations.queries.ties import estates_without, running_ties, units_of, with_pledges
from jinlin.organisations.views.gate import body_or_404, desk, form_page
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Zone

PAGE = 200


@never_cache
@require_safe
@desk
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show which unit is tied to whom, what it pledged this year, and which estates nobody backs."""
    playbook, day = current_playbook(), today()
    seen = rules.bodies_visible_at_desk(actor).values("pk")
    kept = min((grant.place_code for grant in actor.grants_as(rules.KEEPERS)), key=len, default="")
    here = Q(place_code__startswith=kept) if kept else Q(pk__in=[])
    ties = running_ties(day).filter(here | Q(host__in=seen) | Q(unit__in=seen)).order_by("kind", "unit__name", "pk")
    backing = [row for row in playbook.partnership if row.level == Zone.Kind.ESTATE]
    shown = {
        "rows": with_pledges(playbook, ties[:PAGE], day),
        "kinds": {row.key: row.name for row in playbook.partnership},
        "unbacked": [(row, estates_without(row.key, day, kept)) for row in backing if kept],
        "may_keep": bool(rules.may_keep_bodies(actor)),
        "may_back": bool(backing),
    }
    return render(request, "organisations/desk/ties.html", shown)


@never_cache
@require_http_methods(READ_WRITE)
@desk
def new(request: HttpRequest, actor: Actor, body_id: int | None = None) -> HttpResponse:
    """Tie a unit to a host body, or to an estate."""
    rules.may_keep_bodies(actor).enforce()
    playbook = current_playbook()
    host = body_or_404(actor, body_id) if body_id is not None else None
    kinds = [row for row in playbook.partnership if row.host == (host.kind if host else None)]
    if not kinds:
        raise NotFound
    places = {grant.place_code for grant in actor.grants_as(rules.KEEPERS)}
    kept = min(places, key=len, default="")
    zones = Zone.objects.filter(kind=Zone.Kind.ESTATE, community_code__startswith=kept, valid_to__isnull=True)
    form = TieForm(sent(request), kinds=kinds, units=units_of(playbook), zones=zones.order_by("label"), host=host)
    back = reverse("organisations:body", args=[host.pk]) if host else reverse("organisations:desk-ties")
    return form_page(
        request,
        form,
        lambda: actions.partner(actor=actor, new=form.new),
        title=_("Take in a unit: %(body)s") % {"body": host.name} if host else _("Let a unit back an estate"),
        submit=_("Make the tie"),
        back_url=back,
        done=_("The unit is tied."),
    )


@never_cache
@require_http_methods(READ_WRITE)
@desk
def end(request: HttpRequest, actor: Actor, tie_id: int) -> HttpResponse:
    """End a tie with a day."""
    tie = Partnership.objects.select_related("unit", "host", "zone").filter(pk=tie_id).first()
    if tie is None:
        raise NotFound
    form = LastDayForm(sent(request))
    back = reverse("organisations:body", args=[tie.host_id]) if tie.host_id else reverse("organisations:desk-ties")
    return form_page(
        request,
        form,
        lambda: actions.end_partnership(actor=actor, partnership_id=tie_id, **form.cleaned_data),
        title=_("End the tie of %(unit)s") % {"unit": tie.unit.name},
        submit=_("End the tie"),
        back_url=back,
        done=_("The tie has ended."),
    )
