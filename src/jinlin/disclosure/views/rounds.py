"""On a round: which notices hang where, and proof that one does, from the desk as well."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.disclosure import actions
from jinlin.disclosure.actions import Proof
from jinlin.disclosure.forms import ProofForm
from jinlin.disclosure.models import PublicNotice
from jinlin.disclosure.queries import notices as queries
from jinlin.disclosure.rules.notices import FIELD, WORKERS, may
from jinlin.disclosure.states import NoticeVerb
from jinlin.disclosure.views.showing import shown, toned
from jinlin.platform.access import Actor
from jinlin.platform.doors import for_holders_of
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import acted, sent
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.photos import keep_photo

MOST = 100
PROVERS = WORKERS | FIELD


@require_safe
@never_cache
@for_holders_of(PROVERS)
def rounds(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the notices whose paper hangs where the actor makes rounds."""
    rows = [row for row in queries.posted().order_by("last_day")[:MOST] if may(actor, NoticeVerb.PROVE, row)]
    return render(request, "disclosure/field/notices.html", {"rows": toned(rows)})


def _proving(base: str, back: str) -> Any:
    """Return the page on which somebody proves that the paper hangs, in the shell of a door."""

    @require_http_methods(READ_WRITE)
    @never_cache
    @for_holders_of(PROVERS)
    def page(request: HttpRequest, actor: Actor, notice_id: int) -> HttpResponse:
        found = queries.posted().filter(pk=notice_id).first()
        if found is None:
            raise NotFound
        may(actor, NoticeVerb.PROVE, found).enforce()
        places = queries.buildings_of(found).order_by("code").values_list("code", "address")
        form = ProofForm(sent(request), request.FILES or None, places=places)
        status = acted(form, lambda: _prove(actor, found, form), {"photos": "photo"}) if form.is_bound else 200
        if form.is_bound and status == 200:
            messages.success(request, _("The proof is kept."))
            return redirect(back, **({"notice_id": notice_id} if back == "disclosure:desk-notice" else {}))
        context = shown(found) | {"form": form, "base": base, "back": back}
        return render(request, "disclosure/field/prove.html", context, status=status)

    return page


def _prove(actor: Actor, found: PublicNotice, form: ProofForm) -> None:
    given = form.cleaned_data
    proof = Proof(given["place"], given["spot"], given["on"], keep_photo(given["photo"]))
    actions.prove_posting(actor=actor, notice_id=found.pk, proof=proof, door=form.door())


prove = _proving("web/field.html", "disclosure:field-notices")
prove_at_desk = _proving("web/desk.html", "disclosure:desk-notice")
