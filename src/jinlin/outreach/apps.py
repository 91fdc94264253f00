"""Registers the rounds."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "jinlin.outreach"
    label = "outreach"
