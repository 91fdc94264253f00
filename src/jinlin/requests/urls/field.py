"""Addresses of the field door."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
