"""The forms of sign-in, of one's own page and of the roll."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, SetPasswordForm
from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.people.actions.households import LONGEST_REASON, MOST_CARD_USES
from jinlin.people.models import LIVING, DigestChoice, Residence
from jinlin.people.phones import clean_mobile
from jinlin.platform.errors import Invalid
from jinlin.territory.forms import PicksPlaces, PlaceField


class MobileField(forms.CharField):
    """A mainland mobile number as people write it; its value is 11 digits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "inputmode": "numeric", "autocomplete": "tel-national"})
        super().__init__(**{"label": _("Telephone number"), "widget": widget, "max_length": 20} | kwargs)

    def clean(self, value: Any) -> str:
        """Return the digits.

        Raises:
            ValidationError: for no mobile number.
        """
        text = super().clean(value)
        try:
            return clean_mobile(text) if text else ""
        except Invalid as error:
            raise forms.ValidationError(error.fields["phone"], code="invalid_phone") from None


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})} | kwargs)


class PasswordSignInForm(LoginForm):
    """User name and password; a telephone number signs in by code instead."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("User name"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "username"})
        )
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.order_fields(["login", "password"])

    def _setup_password_field(self) -> None:
        """Keep the password, which allauth leaves out where nobody signs up with one."""

    def user_credentials(self) -> dict[str, str]:
        """Return what the sign-in is tried with: a user name, whatever it looks like."""
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}


PASSWORD_HINT = _("At least 10 characters, not digits alone, and none that many people use.")


class NewPasswordForm(SetPasswordForm):
    """A password for an account that has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HINT


class OtherPasswordForm(ChangePasswordForm):
    """Another password for an account that has one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = PASSWORD_HINT


class OwnDataForm(forms.Form):
    """Name and e-mail address, as their owner wants them."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class DigestForm(forms.Form):
    """Whether and how the daily digest comes."""

    by = forms.ChoiceField(
        label=_("The digest comes"),
        required=False,
        choices=[("", _("not at all")), *DigestChoice.By.choices],
        widget=forms.RadioSelect,
    )


ROLE_FIELD = {"label": _("You are there"), "choices": LIVING, "widget": forms.RadioSelect}


class CardForm(forms.Form):
    """The code on a household card."""

    code = forms.CharField(
        label=_("Code on the card"),
        max_length=40,
        help_text=_("12 letters and digits. Dashes and small letters do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    role = forms.ChoiceField(**ROLE_FIELD)


class ClaimForm(PicksPlaces, forms.Form):
    """The home that somebody says they live in: its entrance from the list, and the number on the door."""

    place = PlaceField(label=_("Building and entrance"))
    door = forms.CharField(
        label=_("Number on the door"),
        max_length=20,
        help_text=_("Such as 301."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(**ROLE_FIELD)


class AskMandateForm(forms.Form):
    """For whom somebody wants to act."""

    phone = MobileField(help_text=_("Of the person for whom you want to act. They decide."))


class GrantMandateForm(forms.Form):
    """Until when another may act for oneself."""

    last_day = DayField(label=_("Last day"))


class TokenForm(forms.Form):
    """What a key for programs is called, and until when it is good."""

    name = forms.CharField(label=_("What uses the key"), max_length=64)
    last_day = DayField(label=_("Last day"))


class EraseForm(forms.Form):
    """The tick without which nothing is deleted."""

    sure = forms.BooleanField(
        label=_("I know that this cannot be undone."),
        error_messages={"required": _("Please tick this line if you really want to delete the account.")},
    )


class IssueCardForm(forms.Form):
    """For how many people a card is."""

    uses = forms.TypedChoiceField(
        label=_("For how many people"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_CARD_USES + 1)],
    )


class RefuseClaimForm(forms.Form):
    """Why a claim could not be confirmed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("The person reads it. Do not write about others."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TrailForm(forms.Form):
    """What an auditor looks for in the trail."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("all")), ("change", _("changes")), ("read", _("protected reads"))],
    )
    verb = forms.CharField(label=_("Act"), required=False, max_length=64, help_text=_("Begins with, such as requests."))
    actor = forms.CharField(label=_("User name"), required=False, max_length=64)
    subject = forms.CharField(label=_("Number of the thing"), required=False, max_length=32)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)


class HouseholdContactForm(forms.Form):
    """How a household wants to be reached, until when, and its consent."""

    name = forms.CharField(
        label=_("Whom to ask for"),
        required=False,
        max_length=60,
        help_text=_("Nobody has to be named. No identity numbers."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Telephone number"),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel-national"}),
    )
    expires_on = DayField(label=_("Kept until"), help_text=_("At most two years from now; then it is deleted."))
    consent = forms.BooleanField(
        label=_("The household agrees that those who look after its area may use this number until then."),
        required=False,
    )


class RemarkForm(forms.Form):
    """What is wrong or missing in a household's record."""

    remark = forms.CharField(
        label=_("What is wrong or missing in the record"),
        required=False,
        max_length=200,
        help_text=_("The desk reads it and mends the record. No identity numbers."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChangeHouseholdForm(forms.Form):
    """From which day other people live in a home."""

    day = DayField(label=_("Moved on"))


class MemberForm(forms.Form):
    """Somebody who belongs to a household, as the desk has checked."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("No identity numbers."))
    role = forms.ChoiceField(label=_("Belongs as"), choices=Residence.Role, widget=forms.RadioSelect)
    since = DayField(label=_("Since"))


class AddHomeForm(forms.Form):
    """A home to add to a building that is there."""

    building_code = forms.CharField(label=_("Code of the building"), max_length=16)
    entrance = forms.CharField(
        label=_("Entrance"), max_length=16, required=False, help_text=_("Stays empty where the building has none.")
    )
    room = forms.CharField(label=_("Room"), max_length=16)
    floor = forms.IntegerField(label=_("Floor"), required=False, min_value=-9, max_value=200)
