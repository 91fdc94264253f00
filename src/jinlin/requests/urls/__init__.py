"""Addresses of the requests app, one list per door."""

from jinlin.requests.urls import desk, field, resident

app_name = "requests"

urlpatterns = [*resident.urlpatterns, *field.urlpatterns, *desk.urlpatterns]
