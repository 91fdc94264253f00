"""Addresses of the organisations app: the administrator's accounts and posts."""

from django.urls import path

from jinlin.organisations.views import accounts, posts

app_name = "organisations"

urlpatterns = [
    path("desk/accounts/", accounts.accounts, name="desk-accounts"),
    path("desk/accounts/new/", accounts.new_account, name="new-account"),
    path("desk/accounts/<int:account_id>/", accounts.account, name="account"),
    path("desk/accounts/<int:account_id>/first-password/", accounts.first_password, name="first-password"),
    path("desk/accounts/<int:account_id>/close/", accounts.deactivate, name="deactivate"),
    path("desk/accounts/<int:account_id>/open/", accounts.reactivate, name="reactivate"),
    path("desk/accounts/<int:account_id>/post/", posts.give_post, name="give-post"),
    path("desk/posts/<int:appointment_id>/end/", posts.end_post, name="end-post"),
]
