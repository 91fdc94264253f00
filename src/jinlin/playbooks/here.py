"""The playbook of the district in which we are, with the values that the district has set for itself."""

import json
from functools import lru_cache

from django.db.models import Subquery

from jinlin.platform.remembering import forget, remembered
from jinlin.playbooks.adjusting import NotAdjustable, adjusted
from jinlin.playbooks.files import Finding, PlaybookError
from jinlin.playbooks.loader import load_playbook, playbook_path
from jinlin.playbooks.models import Adoption
from jinlin.playbooks.schema import Playbook
from jinlin.region.districts import current_district, forget_districts

ADOPTED = "adopted-playbook"
ADOPTED_LASTS = 5
"""Seconds after which another process has noticed a change."""

Stamp = tuple[str, int, tuple[tuple[str, str], ...]]
"""The profile, the adoption by which it came, and path and value of what the place has set itself."""


def current_playbook() -> Playbook:
    """Return the work method that this district has adopted, as the district runs it.

    Raises:
        PlaybookError: when its file is gone or wrong.
    """
    return _built(*remembered(ADOPTED, ADOPTED_LASTS, _stamp))


def adopted_playbook() -> Playbook:
    """Return the work method that this district has adopted, with the playbook's own values.

    Raises:
        PlaybookError: when its file is gone or wrong.
    """
    profile, adoption, _ = remembered(ADOPTED, ADOPTED_LASTS, _stamp)
    return _built(profile, adoption, ())


def forget_playbook() -> None:
    """Drop what this process remembers of the district's work method, because it has just changed."""
    forget(ADOPTED)
    forget_districts()


def _stamp() -> Stamp:
    newest = Adoption.objects.order_by("-at", "-pk").values("pk")[:1]
    rows = Adoption.objects.filter(pk=Subquery(newest)).order_by("overrides__at", "overrides__pk")
    found = list(rows.values_list("pk", "profile", "overrides__path", "overrides__value"))
    if found and found[0][1] != current_district().playbook:
        forget_districts()  # another process has adopted a playbook since this one read the district
    profile = current_district().playbook
    if not found or found[0][1] != profile:
        return profile, 0, ()
    values = {path: value for _, _, path, value in found if path}
    running = tuple((path, json.dumps(value)) for path, value in sorted(values.items()) if value is not None)
    return profile, found[0][0], running


@lru_cache(maxsize=256)
def _built(profile: str, adoption: int, overrides: tuple[tuple[str, str], ...]) -> Playbook:
    """The playbook with these values; read again from its file after each adoption."""
    playbook = load_playbook(profile)
    try:
        return adjusted(playbook, {path: json.loads(value) for path, value in overrides}) if overrides else playbook
    except NotAdjustable as error:
        path = playbook_path(profile)
        raise PlaybookError(path, [Finding(1, error.what, error.remedy, path.name)]) from error
