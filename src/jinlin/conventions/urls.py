"""Addresses of conventions."""

from django.urls import path

from jinlin.conventions.views import desk, resident

app_name = "conventions"

urlpatterns = [
    path("conventions/", resident.conventions, name="list"),
    path("conventions/<int:convention_id>/", resident.convention, name="convention"),
    path("conventions/versions/<int:edition_id>/", resident.version, name="version"),
    path("conventions/versions/<int:edition_id>/comment/", resident.comment, name="comment"),
    path("conventions/versions/<int:edition_id>/acknowledge/", resident.acknowledge, name="acknowledge"),
    path("desk/conventions/", desk.conventions, name="desk-list"),
    path("desk/conventions/new/", desk.new, name="desk-new"),
    path("desk/conventions/<int:convention_id>/remind/", desk.remind, name="desk-remind"),
    path("desk/conventions/comments/<int:comment_id>/", desk.answer, name="desk-answer"),
    path("desk/conventions/versions/<int:edition_id>/", desk.version, name="desk-version"),
    path("desk/conventions/versions/<int:edition_id>/clauses/new/", desk.clause, name="desk-add"),
    path("desk/conventions/versions/<int:edition_id>/clauses/<int:key>/", desk.clause, name="desk-clause"),
    path("desk/conventions/versions/<int:edition_id>/paper/", desk.paper, name="desk-paper"),
    path("desk/conventions/versions/<int:edition_id>/<slug:name>/", desk.step, name="desk-step"),
]
