"""Addresses of ballots."""

from django.urls import path

from jinlin.voting.views import desk, resident

app_name = "voting"

urlpatterns = [
    path("ballots/", resident.ballots, name="ballots"),
    path("ballots/<int:ballot_id>/", resident.one, name="one"),
    path("ballots/<int:ballot_id>/paper/", resident.paper, name="paper"),
    path("desk/ballots/", desk.ballots, name="desk"),
    path("desk/ballots/new/", desk.new, name="desk-new"),
    path("desk/ballots/<int:ballot_id>/", desk.one, name="desk-one"),
    path("desk/ballots/<int:ballot_id>/announce/", desk.announce, name="desk-announce"),
    path("desk/ballots/<int:ballot_id>/cancel/", desk.cancel, name="desk-cancel"),
    path("desk/ballots/<int:ballot_id>/enter/", desk.enter, name="desk-enter"),
    path("desk/ballots/<int:ballot_id>/roll/", desk.roll, name="desk-roll"),
    path("desk/ballots/<int:ballot_id>/sheet/", desk.sheet, name="desk-sheet"),
]
