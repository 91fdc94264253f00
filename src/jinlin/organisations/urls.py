"""Addresses of the organisations app: the administrator's accounts and posts."""

from django.urls import path

from jinlin.organisations.body_urls import BODIES
from jinlin.organisations.post_urls import POSTS
from jinlin.organisations.views import accounts, adoption, posts

app_name = "organisations"

urlpatterns = [
    path("desk/accounts/", accounts.accounts, name="desk-accounts"),
    path("desk/accounts/new/", accounts.new_account, name="new-account"),
    path("desk/accounts/<int:account_id>/", accounts.account, name="account"),
    path("desk/accounts/<int:account_id>/first-password/", accounts.first_password, name="first-password"),
    path("desk/accounts/<int:account_id>/close/", accounts.deactivate, name="deactivate"),
    path("desk/accounts/<int:account_id>/open/", accounts.reactivate, name="reactivate"),
    path("desk/accounts/<int:account_id>/post/", posts.give_post, name="give-post"),
    path("desk/method/", adoption.method, name="desk-method"),
    path("desk/method/values/", adoption.values, name="method-values"),
    path("desk/method/value/", adoption.set_value, name="method-value"),
    path("desk/method/give-back/", adoption.give_back, name="method-give-back"),
    path("desk/method/playbooks/<slug:name>/", adoption.read_playbook, name="read-playbook"),
    path("desk/method/playbooks/<slug:name>/adopt/", adoption.adopt, name="adopt-playbook"),
    *POSTS,
    *BODIES,
]
