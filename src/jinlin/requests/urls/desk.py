"""Addresses of the desk door."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
