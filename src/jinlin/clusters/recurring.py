"""What the app of common troubles does again and again."""

from datetime import timedelta

from jinlin.clusters.actions import spot
from jinlin.platform.tasks import every


@every(timedelta(minutes=5))
def look_for_hot_troubles() -> str:
    """Take on what the rules of the playbook find hot, and let new requests join."""
    return "; ".join(map(str, spot()))
