"""Addresses of the desk door."""

from django.urls import URLPattern, path

from jinlin.requests.views import similar
from jinlin.requests.views.desk import approvals, bulk, call_backs, clocks, entry, listing, one, parts, publicity

urlpatterns: list[URLPattern] = [
    path("desk/", listing.inbox, name="desk-inbox"),
    path("desk/requests/", listing.listing, name="desk-list"),
    path("desk/requests/export.<str:kind>", listing.export, name="desk-export"),
    path("desk/requests/new", entry.enter, name="desk-new"),
    path("desk/requests/new/similar", similar.similar_at_desk, name="desk-similar"),
    path("desk/requests/bulk", bulk.choose, name="desk-bulk"),
    path("desk/requests/bulk/do", bulk.do, name="desk-bulk-do"),
    path("desk/call-backs/", call_backs.rounds, name="desk-call-backs"),
    path("desk/call-backs/<int:round_id>/", call_backs.one_round, name="desk-call-back-round"),
    path("desk/call-backs/<int:round_id>/<int:call_id>", call_backs.call, name="desk-call-back"),
    path("desk/call-backs/<int:round_id>/<int:call_id>/reporter", call_backs.reveal, name="desk-call-back-reporter"),
    path("desk/requests/<int:request_id>", one.detail, name="desk-request"),
    path("desk/requests/<int:request_id>/preview", listing.preview, name="desk-preview"),
    path("desk/requests/<int:request_id>/reporter", one.reveal, name="desk-reveal"),
    path("desk/requests/<int:request_id>/clocks", clocks.clocks, name="desk-clocks"),
    path("desk/requests/<int:request_id>/approvals/<int:approval_id>", approvals.decide, name="desk-decide"),
    path(
        "desk/requests/<int:request_id>/approvals/<int:approval_id>/take-back",
        approvals.take_back,
        name="desk-take-back",
    ),
    path("desk/requests/<int:request_id>/publish", publicity.publish, name="desk-publish"),
    path("desk/requests/<int:request_id>/refuse", publicity.refuse, name="desk-refuse"),
    path("desk/requests/<int:request_id>/relations/<int:relation_id>", one.untie, name="desk-untie"),
    path("desk/requests/<int:request_id>/parts/<int:part_id>", parts.part, name="desk-part"),
    path("desk/requests/<int:request_id>/<slug:slug>", one.step, name="desk-step"),
]
