"""Addresses that only a demo has."""

from django.urls import path

from jinlin.demo.views import outbox

app_name = "demo"

urlpatterns = [path("demo/outbox", outbox, name="outbox")]
