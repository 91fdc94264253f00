"""Addresses of the organisations app: the administrator's accounts and posts."""

from django.urls import path

from jinlin.organisations import views

app_name = "organisations"

urlpatterns = [
    path("desk/accounts/", views.accounts, name="desk-accounts"),
    path("desk/accounts/new/", views.new_account, name="new-account"),
    path("desk/accounts/<int:account_id>/", views.account, name="account"),
    path("desk/accounts/<int:account_id>/first-password/", views.first_password, name="first-password"),
    path("desk/accounts/<int:account_id>/close/", views.deactivate, name="deactivate"),
    path("desk/accounts/<int:account_id>/open/", views.reactivate, name="reactivate"),
    path("desk/accounts/<int:account_id>/post/", views.give_post, name="give-post"),
    path("desk/posts/<int:appointment_id>/end/", views.end_post, name="end-post"),
]
