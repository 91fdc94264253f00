"""Addresses of proposals."""

from django.urls import path

from jinlin.deliberation.views import desk, resident

app_name = "deliberation"

urlpatterns = [
    path("discuss/", resident.home, name="home"),
    path("proposals/", resident.proposals, name="proposals"),
    path("proposals/new/", resident.new, name="new"),
    path("proposals/<int:proposal_id>/", resident.one, name="one"),
    path("proposals/<int:proposal_id>/support/", resident.support, name="support"),
    path("proposals/<int:proposal_id>/withdraw/", resident.withdraw, name="withdraw"),
    path("desk/proposals/", desk.proposals, name="desk"),
    path("desk/proposals/export.xlsx", desk.export, name="desk-export"),
    path("desk/proposals/<int:proposal_id>/", desk.one, name="desk-one"),
    path("desk/proposals/<int:proposal_id>/<slug:verb>/", desk.step, name="desk-step"),
]
