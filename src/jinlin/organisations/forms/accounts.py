"""The form with which an administrator opens accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StaffAccountForm(forms.Form):
    """A new account for somebody who will hold a post."""

    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        help_text=_("For signing in. Letters and digits, such as the place and the post."),
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    phone = forms.CharField(
        label=_("Telephone number"),
        required=False,
        max_length=20,
        help_text=_("To reach them. It signs in only after its owner has proved it."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "numeric"}),
    )
