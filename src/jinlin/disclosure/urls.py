"""Addresses of the disclosure app."""

from django.urls import path

from jinlin.disclosure import views

app_name = "disclosure"

urlpatterns = [
    path("public/", views.public, name="public"),
    path("public/points.json", views.points, name="points"),
    path("public/photos/<int:photo_id>", views.photo, name="photo"),
    path("public/<str:number>", views.record, name="record"),
]
