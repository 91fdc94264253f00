"""What long lists of volunteering share: portions of ids, and postings locked together."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import transaction

from jinlin.volunteering.models import Posting

BATCH = 2_000


def in_batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """Yield ids in ascending order, each once, in portions that one statement can carry."""
    ordered = iter(sorted(set(ids)))
    while portion := list(islice(ordered, BATCH)):
        yield portion


@contextmanager
def locked_postings(ids: Iterable[int]) -> Iterator[dict[int, Posting]]:
    """Open a transaction and lock the postings in the order of their ids; yields those that are there, by id."""
    with transaction.atomic():
        found: dict[int, Posting] = {}
        for portion in in_batches(ids):
            rows = Posting.objects.select_for_update(of=("self",)).select_related("body").order_by("pk")
            found |= rows.in_bulk(portion)
        yield found
