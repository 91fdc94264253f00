"""Everything the platform knows about a person, gathered from all apps, to read and to take along."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinlin.people.models import ApiToken, DigestChoice, HouseholdContact, Mandate, Person, Residence, ResidenceClaim
from jinlin.people.queries import addresses_of, current_residences, notices_of
from jinlin.people.readers import looks, reads_about
from jinlin.platform.errors import Words
from jinlin.platform.wording import in_a_row

Row = Mapping[Words, Any]
RowsOf = Callable[[int], Iterable[Row]]


@dataclass(frozen=True)
class Section:
    """One kind of data about a person: its name in files, its heading, and its rows as {column: value}."""

    name: str
    title: Words
    rows: list[dict[str, Any]]

    @property
    def columns(self) -> list[str]:
        """The columns in the order in which they first appear."""
        return list(dict.fromkeys(column for row in self.rows for column in row))

    @property
    def table(self) -> list[list[Any]]:
        """The rows as lists, in the order of the columns."""
        return [[row.get(column, "") for column in self.columns] for row in self.rows]


_sections: dict[str, tuple[Words, RowsOf]] = {}


def register(name: str, function: RowsOf, *, title: Words = "") -> None:
    """Add an app's part of the export; `function` takes a person's id and gives rows of {column in words: plain value}.

    An app registers at start. `name` is the key in the JSON file and in file names; `title` the heading.
    """
    _sections[name] = (title or name, function)


def everything_about(person_id: int) -> list[Section]:
    """Return all sections, those without rows too, so that the reader sees that nothing is kept there."""
    return [
        Section(name, title, [{str(column): value for column, value in row.items()} for row in function(person_id)])
        for name, (title, function) in _sections.items()
    ]


def _person(person_id: int) -> Iterable[Row]:
    person = Person.objects.select_related("account").get(pk=person_id)
    yield {
        _("Name"): person.name,
        _("Telephone number"): person.phone,
        _("Number proved"): person.phone_proved_at,
        _("E-mail"): person.email,
        _("Known since"): person.created_at,
        _("User name"): person.account.username,
        _("Last sign-in"): person.account.last_login,
    }


def _residences(person_id: int) -> Iterable[Row]:
    rows = list(Residence.objects.filter(person_id=person_id).select_related("household").order_by("valid_from", "pk"))
    addresses = addresses_of(row.household.home_code for row in rows)
    for row in rows:
        yield {
            _("Home"): addresses.get(row.household.home_code, row.household.home_code),
            _("As"): row.get_role_display(),
            _("Proved by"): row.get_proof_display(),
            _("From"): row.valid_from,
            _("Until"): row.valid_to,
        }


def _claims(person_id: int) -> Iterable[Row]:
    rows = list(ResidenceClaim.objects.filter(person_id=person_id).order_by("asked_at", "pk"))
    addresses = addresses_of(row.home_code for row in rows)
    for row in rows:
        yield {
            _("Home"): addresses.get(row.home_code, row.home_code),
            _("Asked"): row.asked_at,
            _("State"): row.get_state_display(),
            _("Decided"): row.decided_at,
            _("Reason"): row.reason,
        }


def _mandates(person_id: int) -> Iterable[Row]:
    given = Mandate.objects.filter(principal_id=person_id).select_related("agent")
    held = Mandate.objects.filter(agent_id=person_id).exclude(state=Mandate.State.ASKED).select_related("principal")
    for mandate, who, words in [(m, m.agent, _("acts for me")) for m in given] + [
        (m, m.principal, _("I act for them")) for m in held
    ]:
        yield {
            _("Person"): who.name,
            _("What"): words,
            _("State"): mandate.get_state_display(),
            _("Asked"): mandate.asked_at,
            _("Last day"): mandate.valid_to,
        }


def _notices(person_id: int) -> Iterable[Row]:
    for notice in notices_of(person_id).order_by("at", "pk"):
        yield {_("Time"): notice.at, _("Notice"): notice.text, _("Seen"): notice.seen_at}


def _digest(person_id: int) -> Iterable[Row]:
    for chosen in DigestChoice.objects.filter(person_id=person_id):
        yield {_("How it comes"): chosen.get_by_display(), _("Last put together"): chosen.sent_at}


def _looks(person_id: int) -> Iterable[Row]:
    for look in looks(list(reads_about(person_id))):
        yield {_("Time"): look.at, _("What"): str(look.what), _("Who"): in_a_row(look.posts)}


def _tokens(person_id: int) -> Iterable[Row]:
    for token in ApiToken.objects.filter(account__person_id=person_id).order_by("created_at", "pk"):
        yield {_("Key"): token.name, _("Made"): token.created_at, _("Good until"): token.expires_at}


def _contacts(person_id: int) -> Iterable[Row]:
    households = current_residences(person_id).values("household")
    for contact in HouseholdContact.objects.filter(household__in=households, ended_at__isnull=True):
        yield {_("Name"): contact.name, _("Telephone number"): contact.phone, _("Until"): contact.expires_on}


register("person", _person, title=_("Who I am"))
register("households", _residences, title=_("Where I live"))
register("contacts", _contacts, title=_("How my household wants to be reached"))
register("claims", _claims, title=_("Homes I claimed"))
register("mandates", _mandates, title=_("Acting for each other"))
register("notices", _notices, title=_("Notices to me"))
register("digest", _digest, title=_("Daily digest"))
register("looks", _looks, title=_("Who looked at my data"))
register("tokens", _tokens, title=_("Keys for programs"))
