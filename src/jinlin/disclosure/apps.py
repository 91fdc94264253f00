"""Registers the disclosure app."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "jinlin.disclosure"
    label = "disclosure"
