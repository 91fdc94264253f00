"""Who is known by a telephone number."""

from collections.abc import Iterable

from jinlin.people.models import Account, Person
from jinlin.people.phones import phone_index

BATCH = 1_000


def account_by_phone(digits: str) -> Account | None:
    """Return the account whose owner has proved this number."""
    if not digits:
        return None
    proved = Account.objects.select_related("person")
    return proved.filter(person__phone_index=phone_index(digits), person__phone_proved_at__isnull=False).first()


def known_by_phone(numbers: Iterable[str]) -> dict[tuple[str, str], Person]:
    """Return who is known by these cleaned numbers: {(number, ""): its owner} and {(number, name): who was noted by it}.

    A number that its owner has proved names them alone; of several who were noted by one name the first counts.
    """
    indexes = {phone_index(digits): digits for digits in numbers if digits}
    found: dict[tuple[str, str], Person] = {}
    for start in range(0, len(indexes), BATCH):
        batch = list(indexes)[start : start + BATCH]
        for person in Person.objects.filter(phone_index__in=batch, erased_at__isnull=True).order_by("pk"):
            digits = indexes[person.phone_index]
            found.setdefault((digits, "" if person.phone_proved_at else person.name), person)
    return found
