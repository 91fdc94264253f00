"""Addresses of the shell: display preferences and, where switched on, the component gallery."""

from django.conf import settings
from django.urls import path

from jinlin.web import gallery, views

app_name = "web"

urlpatterns = [path("display", views.display_preferences, name="display")]

if settings.JINLIN_GALLERY:
    urlpatterns += [
        path("gallery", gallery.gallery, name="gallery"),
        path("gallery/confirmation", gallery.confirmation, name="gallery-confirmation"),
        path("gallery/areas", gallery.areas, name="gallery-areas"),
        path("gallery/places", gallery.places, name="gallery-places"),
    ]
