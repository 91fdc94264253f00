"""Addresses of the cockpit."""

from django.urls import path

from jinlin.assessment.views import cockpit, rates

app_name = "assessment"

urlpatterns = [
    path("cockpit/", cockpit.one_page, name="cockpit"),
    path("cockpit/clocks", cockpit.clocks, name="cockpit-clocks"),
    path("cockpit/map", cockpit.area_map, name="cockpit-map"),
    path("cockpit/areas.geojson", cockpit.areas_geojson, name="cockpit-areas"),
    path("cockpit/rates", rates.rates_table, name="cockpit-rates"),
    path("cockpit/indicators", cockpit.indicators, name="cockpit-indicators"),
    path("cockpit/indicators/<str:indicator_id>", cockpit.indicator_rows, name="cockpit-indicator"),
]
