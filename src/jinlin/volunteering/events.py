"""What volunteering announces after commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceConfirmed:
    """A host has confirmed a service; `pairing_id` is the pairing, `minutes` what was served."""

    pairing_id: int
    minutes: int
