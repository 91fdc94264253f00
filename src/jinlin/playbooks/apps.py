"""Registers the playbooks app."""

from django.apps import AppConfig


class PlaybooksConfig(AppConfig):
    name = "jinlin.playbooks"
    label = "playbooks"
