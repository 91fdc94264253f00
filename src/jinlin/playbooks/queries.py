"""Reads of what the district has adopted and set for itself."""

from jinlin.playbooks.models import Adoption, Override


def newest_adoption() -> Adoption | None:
    """Return the adoption in force; None where the playbook was set without one."""
    return Adoption.objects.order_by("-at", "-pk").first()


def running_overrides(adoption: Adoption | None) -> dict[str, Override]:
    """Return what differs from the playbook under an adoption, by path, in the order in which it was set."""
    rows = Override.objects.filter(adoption=adoption).order_by("at", "pk") if adoption else ()
    newest = {row.path: row for row in rows}
    return {path: row for path, row in newest.items() if row.value is not None}
