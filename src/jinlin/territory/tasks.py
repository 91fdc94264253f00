"""Background entry points of the territory app."""

from django.contrib.auth import get_user_model

from jinlin.platform.access import actor_for
from jinlin.platform.errors import Gone
from jinlin.platform.spreadsheets import staged_file
from jinlin.platform.tasks import reliable
from jinlin.territory import register


@reliable
def work_on_register(*, token: str, account_id: int) -> None:
    """Try a long register file, or take it in, for the account that sent it; nothing is left to do for one that is gone."""
    account = get_user_model().objects.get(pk=account_id)
    actor = actor_for(account.pk, account.person_id)
    try:
        staged = staged_file(token, purpose=register.PURPOSE, account_id=account_id)
    except Gone:
        return
    register.work_on(staged, actor)
    register.tell(staged, actor)
