"""Addresses of the territory app."""

from django.urls import path

from jinlin.territory import views

app_name = "territory"

urlpatterns = [
    path("places/near", views.near, name="near"),
    path("places/search", views.search, name="search"),
    path("places/children", views.children, name="children"),
    path("places/boundaries.geojson", views.boundaries, name="boundaries"),
    path("places/picker", views.picker, name="picker"),
    path("desk/places/", views.places, name="desk-places"),
    path("desk/places/import/", views.choose_register, name="desk-choose-register"),
    path("desk/places/import/template", views.register_template, name="desk-register-template"),
    path("desk/places/import/<str:token>/", views.register_steps, name="desk-register"),
    path("desk/places/import/<str:token>/findings", views.register_findings, name="desk-register-findings"),
]
