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
]
