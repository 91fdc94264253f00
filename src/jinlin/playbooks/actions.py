"""Notes adoptions of a playbook, and sets values of it for the district or gives them back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound
from jinlin.playbooks.adjusting import NotAdjustable, adjusted
from jinlin.playbooks.here import adopted_playbook, forget_playbook
from jinlin.playbooks.models import Adoption, Override
from jinlin.playbooks.queries import newest_adoption, running_overrides
from jinlin.playbooks.rules import may_set_method
from jinlin.playbooks.schema import Playbook
from jinlin.region.districts import current_district
from jinlin.region.models import District

LONGEST_REASON = 200


def note_adoption(*, actor: Actor, playbook: Playbook, founded: dict[str, int]) -> Adoption:
    """Make the playbook the district's, within the caller's transaction; the same one again adds no row.

    Values that the district has set itself go on where the new version of the same playbook still has them.
    """
    may_set_method(actor).enforce()
    before = newest_adoption()
    if before and (before.profile, before.version) == (playbook.profile, playbook.version):
        made = before
    else:
        made = Adoption.objects.create(
            profile=playbook.profile, version=playbook.version, at=now(), by_id=actor.account_id, founded=founded
        )
        if before and before.profile == playbook.profile:
            _carry_over(before, made, playbook)
    District.objects.filter(pk=current_district().pk).update(playbook=playbook.profile)
    _forget_now_and_after()
    return made


def _carry_over(before: Adoption, made: Adoption, playbook: Playbook) -> None:
    values: dict[str, Any] = {}
    for path, row in running_overrides(before).items():
        try:
            adjusted(playbook, values | {path: row.value})
        except NotAdjustable:
            continue
        values[path] = row.value
        Override.objects.create(
            adoption=made, path=path, value=row.value, reason=row.reason, at=row.at, by_id=row.by_id
        )


def override_value(*, actor: Actor, path: str, value: Any, reason: str) -> Override:
    """Set a value of the playbook for this district: a whole number, a share as text, or a list of names.

    Raises:
        NotAllowed: for somebody who does not set the work method.
        Invalid: for a path or value that does not fit, or without a reason; `fields` say what.
    """
    may_set_method(actor).enforce()
    if value is None:
        raise Invalid(fields={"value": _("Write a value, or end the change to go back to the playbook's own.")})
    with transaction.atomic():
        adoption = _locked_adoption(actor)
        values = {key: row.value for key, row in running_overrides(adoption).items()} | {path: value}
        try:
            adjusted(adopted_playbook(), values)
        except NotAdjustable as error:
            raise Invalid(fields={"value": str(error)}) from error
        return _write(actor, adoption, "playbooks.override", path, value, reason)


def end_override(*, actor: Actor, path: str, reason: str) -> Override:
    """Give a value back to the playbook.

    Raises:
        NotAllowed: for somebody who does not set the work method.
        NotFound: for a value that the district has not set.
        Invalid: without a reason, or where the playbook's own value does not fit the others that are set; `fields` say what.
    """
    may_set_method(actor).enforce()
    with transaction.atomic():
        adoption = _locked_adoption(actor)
        values = {key: row.value for key, row in running_overrides(adoption).items()}
        if path not in values:
            raise NotFound
        del values[path]
        try:
            adjusted(adopted_playbook(), values)
        except NotAdjustable as error:
            raise Invalid(fields={"reason": str(error)}) from error
        return _write(actor, adoption, "playbooks.end_override", path, None, reason)


def _locked_adoption(actor: Actor) -> Adoption:
    """The adoption in force, locked so that two changes are judged one after the other; noted now if it was not yet."""
    adoption = Adoption.objects.select_for_update().order_by("-at", "-pk").first()
    playbook = adopted_playbook()
    if adoption is not None and adoption.profile == playbook.profile:
        return adoption
    return note_adoption(actor=actor, playbook=playbook, founded={})


def _write(actor: Actor, adoption: Adoption, verb: str, path: str, value: Any, reason: str) -> Override:
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        words = _("Give a reason of 1 to %(most)s characters; everybody who asks about the value will read it.")
        raise Invalid(fields={"reason": words % {"most": LONGEST_REASON}})
    row = Override.objects.create(
        adoption=adoption, path=path, value=value, reason=why, at=now(), by_id=actor.account_id
    )
    record_change(actor, verb, row, path=path, value=value)
    _forget_now_and_after()
    return row


def _forget_now_and_after() -> None:
    """Let this process read anew within the transaction, and once more when others can see what it wrote."""
    forget_playbook()
    transaction.on_commit(forget_playbook)
