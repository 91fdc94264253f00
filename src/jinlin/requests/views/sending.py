"""How a page sends a form through an action: nothing is lost, nothing is done twice, and a refusal stands at its field."""

from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _

from jinlin.platform.errors import JinlinError, KeyReused, NotFound, NotSignedIn
from jinlin.platform.sends import RepeatedSend
from jinlin.requests.actions import Door
from jinlin.requests.forms import SentOnceForm, show_refusal
from jinlin.requests.forms.photos import WithPhotos

Result = TypeVar("Result")
WRONG = 422


def checked(form: SentOnceForm) -> bool:
    """Say whether the form can be sent; its photos are stored either way, also while a place is being chosen."""
    form.is_valid()
    if isinstance(form, WithPhotos):
        form.keep_photos()
    return not form.errors and not getattr(form, "is_picking", False)


def sent(form: SentOnceForm, act: Callable[[], Result]) -> tuple[Result | None, int]:
    """Check the form and act; return what came of it, or None and the status with which the form goes back.

    Raises:
        RepeatedSend, NotFound, NotSignedIn.
    """
    if not checked(form):
        return None, WRONG if form.errors else 200
    try:
        return act(), 200
    except (NotFound, NotSignedIn):
        raise
    except KeyReused as error:
        form.add_error(None, _("This form was sent before, with other words. Send it once more to send these as well."))
        form.renew()
        return None, error.status
    except JinlinError as error:
        show_refusal(form, error)
        return None, error.status


def step_taken(form: SentOnceForm, act: Callable[[Door], object]) -> int:
    """Take one step with the version and the key of the form; return 200, also when it was taken before, or the form's status.

    Raises:
        NotFound, NotSignedIn.
    """
    try:
        return sent(form, lambda: act(Door(form.cleaned_data["version"], form.cleaned_data["key"])))[1]
    except RepeatedSend:
        return 200
