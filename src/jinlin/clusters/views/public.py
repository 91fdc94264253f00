"""What everybody may read: the month's common troubles with their answers, and the cases that secretaries lead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jinlin.clusters import queries
from jinlin.clusters.forms import FrequentForm


@require_safe
def frequent(request: HttpRequest) -> HttpResponse:
    """Show what many had in a month and the answer to each; what fewer than five households have is not shown."""
    form = FrequentForm(request.GET)
    rows = queries.published(form.day) if form.is_valid() else ()
    month = form.day if form.is_valid() else None
    return render(
        request,
        "clusters/frequent.html",
        {"form": form, "rows": rows, "month": month},
        status=200 if form.is_valid() else 422,
    )


@require_safe
def led(request: HttpRequest) -> HttpResponse:
    """Show what secretaries lead, of that which is public, with the plan and how far it is."""
    rows = [(row, record, list(queries.milestones_of(row))) for row, record in queries.led_in_public()]
    return render(request, "clusters/led.html", {"rows": rows})
