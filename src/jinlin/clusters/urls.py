"""Addresses of common troubles and led cases."""

from django.urls import path

from jinlin.clusters.views import desk, leading, public

app_name = "clusters"

urlpatterns = [
    path("frequent/", public.frequent, name="frequent"),
    path("led/", public.led, name="led"),
    path("desk/clusters/", desk.clusters, name="desk-list"),
    path("desk/clusters/frequent", desk.frequent, name="desk-frequent"),
    path("desk/clusters/take-on", desk.take_on, name="take-on"),
    path("desk/clusters/rules", desk.hot_rules, name="desk-rules"),
    path("desk/clusters/<int:cluster_id>/", desk.one, name="desk-one"),
    path("desk/clusters/<int:cluster_id>/answer", desk.answer, name="answer"),
    path("desk/clusters/<int:cluster_id>/settle", desk.settle, name="settle"),
    path("desk/clusters/led/<int:request_id>/", leading.lead, name="lead"),
    path("desk/clusters/led/<int:request_id>/back", leading.give_back, name="give-back"),
]
