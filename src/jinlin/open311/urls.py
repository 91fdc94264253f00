"""Addresses of Open311: discovery, and GeoReport v2 below it."""

from django.urls import path, re_path

from jinlin.open311 import views
from jinlin.open311.endpoints import nothing_here
from jinlin.open311.formats import XML

app_name = "open311"

urlpatterns = [
    path("open311/discovery.<slug:format_>", views.discovery, name="discovery"),
    path("open311/v2/discovery.<slug:format_>", views.discovery),
    path("open311/v2/services.<slug:format_>", views.services, name="services"),
    path("open311/v2/services/<str:code>.<slug:format_>", views.service, name="service"),
    path("open311/v2/requests.csv", views.bulk, {"format_": XML}, name="bulk"),
    path("open311/v2/requests.<slug:format_>", views.requests, name="requests"),
    path("open311/v2/requests/<str:number>.<slug:format_>", views.one_request, name="request"),
    path("open311/v2/request/<str:number>.<slug:format_>", views.described_request),
    path("open311/v2/tokens/<str:token>.<slug:format_>", views.token, name="token"),
    path("open311/v2/servicerequestupdates.<slug:format_>", views.request_updates, name="updates"),
    re_path("^open311/", nothing_here),
]
