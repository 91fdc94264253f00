"""Registers the volunteering app."""

from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    name = "jinlin.volunteering"
    label = "volunteering"
