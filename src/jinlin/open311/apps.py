"""Registers the Open311 app."""

from django.apps import AppConfig


class Open311Config(AppConfig):
    name = "jinlin.open311"
    label = "open311"
