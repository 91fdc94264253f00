"""The demo's outbox: messages that a real place would send, shown to everybody so that one-time codes can be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jinlin.platform.models import OutboxMessage

SHOWN = 50


@never_cache
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the newest fifty messages."""
    messages = OutboxMessage.objects.order_by("-at", "-id")[:SHOWN]
    return render(request, "demo/outbox.html", {"outbox": messages})
