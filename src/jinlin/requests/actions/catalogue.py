"""Brings a playbook's category tree and standard answers into the district, where the operator may edit them."""

from jinlin.platform.access import Actor
from jinlin.platform.remembering import forget
from jinlin.playbooks.schema import Playbook
from jinlin.requests.models import Category, StandardText
from jinlin.requests.queries.choices import CATEGORIES


def load_catalogue(*, actor: Actor, playbook: Playbook) -> None:
    """Write the categories and answers that are not there yet; what the operator has changed stays as it is."""
    Category.objects.bulk_create(
        (
            Category(
                code=row.code, name=row.name, name_en=row.name_en, keywords=list(row.keywords), urgency=row.urgency
            )
            for row in playbook.categories.category
        ),
        ignore_conflicts=True,
    )
    forget(CATEGORIES)
    StandardText.objects.bulk_create(
        (StandardText(key=row.key, verb=row.verb, name=row.name, body=row.body) for row in playbook.answer),
        ignore_conflicts=True,
    )
