"""Addresses of the shell: display preferences and, where switched on, the component gallery."""

from django.conf import settings
from django.urls import path

from jinlin.web import views

app_name = "web"

urlpatterns = [path("display", views.display_preferences, name="display")]

if getattr(settings, "JINLIN_GALLERY", False):
    from jinlin.web import gallery

    urlpatterns += [path("gallery", gallery.gallery, name="gallery")]
