"""Addresses of the JSON API."""

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from jinlin.api.app import api
from jinlin.api.errors import nothing_here

urlpatterns = [path("api/v1/", api.urls), re_path("^api/", csrf_exempt(nothing_here))]
