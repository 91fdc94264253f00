"""The playbook of the district in which we are."""

from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.schema import Playbook
from jinlin.region.districts import current_district


def current_playbook() -> Playbook:
    """Return the work method that this district has adopted.

    Raises:
        PlaybookError: when its file is gone or wrong.
    """
    return load_playbook(current_district().playbook)
