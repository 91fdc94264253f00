"""Django's entry for the web shell."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app that holds base templates, template tags and built assets."""

    name = "jinlin.web"
    label = "web"
