"""Registers the territory app."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "jinlin.territory"
    label = "territory"
