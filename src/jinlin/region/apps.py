"""Registers the region app."""

from django.apps import AppConfig


class RegionConfig(AppConfig):
    name = "jinlin.region"
    label = "region"
