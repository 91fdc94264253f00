"""Addresses of the resident door."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
