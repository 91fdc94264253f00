"""Registers the assessment app."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "jinlin.assessment"
    label = "assessment"
