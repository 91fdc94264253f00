"""Forms of the organisations app, one module per noun."""

from jinlin.organisations.forms.accounts import StaffAccountForm
from jinlin.organisations.forms.posts import EndPostForm, PostForm

__all__ = ["EndPostForm", "PostForm", "StaffAccountForm"]
