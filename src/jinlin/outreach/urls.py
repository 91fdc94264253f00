"""Addresses of rounds."""

from django.urls import path

from jinlin.outreach.views import desk, resident

app_name = "outreach"

urlpatterns = [
    path("outreach/", resident.coming, name="coming"),
    path("outreach/visits/<int:visit_id>/decline/", resident.decline, name="decline"),
    path("outreach/homes/<slug:home_code>/no-visits/", resident.no_visits, name="no-visits"),
    path("desk/outreach/", desk.rounds, name="desk-rounds"),
    path("desk/outreach/new/", desk.new, name="desk-new"),
    path("desk/outreach/export.xlsx", desk.export, name="desk-export"),
    path("desk/outreach/visits/<int:visit_id>/", desk.visit, name="desk-visit"),
    path("desk/outreach/<int:round_id>/", desk.one, name="desk-one"),
    path("desk/outreach/<int:round_id>/issue/", desk.issue, name="desk-issue"),
    path("desk/outreach/<int:round_id>/wish/", desk.wish, name="desk-wish"),
    path("desk/outreach/<int:round_id>/<slug:name>/", desk.end, name="desk-end"),
]
