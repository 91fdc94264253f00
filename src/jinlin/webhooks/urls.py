"""Addresses of the desk's pages of webhooks."""

from django.urls import path, re_path

from jinlin.webhooks import views

app_name = "webhooks"

urlpatterns = [
    path("desk/webhooks/", views.hooks, name="hooks"),
    path("desk/webhooks/new", views.new, name="new"),
    path("desk/webhooks/<int:hook_id>", views.one, name="one"),
    path("desk/webhooks/<int:hook_id>/secret", views.secret, name="secret"),
    path("desk/webhooks/<int:hook_id>/remove", views.remove, name="remove"),
    re_path("^desk/webhooks/(?P<hook_id>[0-9]{1,18})/(?P<name>stop|start|test)$", views.step, name="step"),
    path("desk/webhooks/deliveries/<int:delivery_id>/again", views.again, name="again"),
    path("desk/webhooks/deliveries/<int:delivery_id>/aside", views.aside, name="aside"),
]
