"""Addresses of the cockpit."""

from django.urls import path

from jinlin.assessment import views

app_name = "assessment"

urlpatterns = [
    path("cockpit/", views.one_page, name="cockpit"),
    path("cockpit/clocks", views.clocks, name="cockpit-clocks"),
    path("cockpit/map", views.area_map, name="cockpit-map"),
    path("cockpit/areas.geojson", views.areas_geojson, name="cockpit-areas"),
    path("cockpit/indicators", views.indicators, name="cockpit-indicators"),
    path("cockpit/indicators/<str:indicator_id>", views.indicator_rows, name="cockpit-indicator"),
]
