"""Addresses of the requests app, one list per door."""

from jinlin.requests.urls import desk, field, paper, resident

app_name = "requests"

urlpatterns = [*resident.urlpatterns, *field.urlpatterns, *paper.urlpatterns, *desk.urlpatterns]
