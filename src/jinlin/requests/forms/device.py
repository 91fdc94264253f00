"""When something was entered, by the clock of the device that kept it until there was a network."""

from datetime import timedelta

from django import forms

from jinlin.algorithms.device_clock import age

EPOCH_MS = {"min_value": 0, "max_value": 2**53}
"""What a script can count exactly."""


class WithDeviceClock(forms.Form):
    """Takes along when it was entered and when it is sent, both in milliseconds of the device's clock; a script fills them in."""

    entered_ms = forms.IntegerField(required=False, widget=forms.HiddenInput, **EPOCH_MS)
    sent_ms = forms.IntegerField(required=False, widget=forms.HiddenInput, **EPOCH_MS)

    def age(self) -> timedelta | None:
        """Return how long ago it was entered: nothing without a device's clock, None where that cannot be told."""
        entered, sent = self.cleaned_data.get("entered_ms"), self.cleaned_data.get("sent_ms")
        if entered is None or sent is None:
            return timedelta()
        return age(entered, sent)
