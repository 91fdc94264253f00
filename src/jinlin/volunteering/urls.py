"""Addresses of the volunteering app."""

app_name = "volunteering"

urlpatterns: list = []
