"""Multiplies requests inside the database, with everything that belongs to them: one statement for each table and batch."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random

from django.db import connection, models, transaction

from jinlin.algorithms.chinese_text import bigrams
from jinlin.demo.places import DemoPlace
from jinlin.demo.texts import Story
from jinlin.disclosure.models import Disclosure
from jinlin.organisations.models import Body
from jinlin.platform.dates import LOCAL
from jinlin.platform.models import AuditEntry
from jinlin.requests.models import Clock, Rating, Request, Step, Suggestion
from jinlin.territory.models import Zone

BATCH = 500
"""Copies of one statement; all of them lie in one community."""
LONGEST_AGE = 400
"""Days over which what is finished is spread."""
OPEN_AGE = 20
"""Days over which what is open is spread."""
MINUTES_A_DAY = 24 * 60
SUBJECT = Request._meta.label_lower


@dataclass(frozen=True)
class Words:
    """The words of a copy, and its search column."""

    title: str
    text: str
    search: str

    @classmethod
    def of(cls, story: Story) -> "Words":
        """Return those of a story."""
        return cls(story.title, story.text, bigrams(f"{story.title}\n{story.text}"))


@dataclass(frozen=True)
class Community:
    """A community laid out like the first one, its home: how far it lies from there in degrees, and {id there: id here}."""

    home: str
    code: str
    east: float
    north: float
    zones: Mapping[int, int]
    bodies: Mapping[int, int]


def communities_of(plan: DemoPlace) -> list[Community]:
    """Return the communities of a district in which all are laid out alike."""
    zones = {zone.label: zone.pk for zone in Zone.objects.filter(kind__in=[Zone.Kind.ESTATE, Zone.Kind.GRID])}
    rows = Body.objects.select_related("zone")
    bodies = {(body.kind, body.place_code, body.zone and body.zone.label): body.pk for body in rows}
    home, corners = plan.communities[0].code, [community.ring[0] for community in plan.communities]
    return [
        Community(
            home,
            community.code,
            corner[0] - corners[0][0],
            corner[1] - corners[0][1],
            _alike(zones, home, community.code),
            _alike(bodies, home, community.code),
        )
        for community, corner in zip(plan.communities, corners, strict=True)
    ]


def _alike(ids: Mapping[object, int], home: str, code: str) -> dict[int, int]:
    """Return {id at home: id of what is called alike at `code`}; labels and places begin with the code."""
    return {own: ids[there] for key, own in ids.items() if (there := _moved(key, home, code)) in ids}


def _moved(key: object, home: str, code: str) -> object:
    if isinstance(key, tuple):
        return tuple(_moved(part, home, code) for part in key)
    return code + key[len(home) :] if isinstance(key, str) and key.startswith(home) else key


@dataclass(frozen=True)
class _Copy:
    """A copy: of which request, how many minutes earlier, with which number and words; its id once it has been written."""

    template: Request
    minutes: int
    number: str
    words: int
    id: int = 0

    def as_row(self, here: Community) -> str:
        """Return it as a line of SQL, in the order of `HEADS`; the points of copies lie a little apart."""
        strewn, ago = Random(self.number), timedelta(minutes=self.minutes)  # noqa: S311 - the same each time
        east, north = (f"{middle + strewn.uniform(-0.001, 0.001):.5f}" for middle in (here.east, here.north))
        due, soon = (_earlier(moments, ago) for moments in (self.template.promises, self.template.warnings))
        return (
            f"({self.id}, {self.template.pk}, {self.minutes}, '{self.number}', {self.words}, "
            f"{east}, {north}, '{due}', '{soon}')"
        )


HEADS = "copy, template, ago, number, words, east, north, promises, warnings"


def _earlier(moments: Mapping[str, str], ago: timedelta) -> str:
    return json.dumps({name: (datetime.fromisoformat(moment) - ago).isoformat() for name, moment in moments.items()})


class Copies:
    """Makes copies of requests, each with a number, words and a time of its own."""

    def __init__(self, words: Sequence[Words], random: Random, until: datetime) -> None:
        self.words = cycle(range(len(words)))
        self.random = random
        self.until = until
        self.number = 100_000
        _keep(words)

    def make(self, templates: Sequence[Request], count: int, communities: Iterable[Community]) -> list[int]:
        """Write `count` copies of the templates, batch by batch in one of the communities; return their ids."""
        source, places, made = islice(cycle(templates), count), cycle(communities), []
        while batch := list(islice(source, BATCH)):
            with transaction.atomic():
                made += _write([self._copy(template) for template in batch], next(places))
        return made

    def _copy(self, template: Request) -> _Copy:
        age = (self.until - template.received_at).days
        days = OPEN_AGE if template.is_open else max(1, LONGEST_AGE - age)
        minutes = self.random.randrange(days * MINUTES_A_DAY)
        day = (template.received_at - timedelta(minutes=minutes)).astimezone(LOCAL)
        self.number += 1
        return _Copy(template, minutes, f"{day:%Y%m%d}-{self.number}", next(self.words))


def _keep(words: Sequence[Words]) -> None:
    """Keep the words where statements of this connection find them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_words (id integer PRIMARY KEY, title text, text text, search text)"
        )
        rows = [(number, one.title, one.text, one.search) for number, one in enumerate(words)]
        cursor.executemany("INSERT INTO bench_words VALUES (%s, %s, %s, %s)", rows)


# --- one statement for each table ---

NOT_COPIED = ("seal", "sealed_number", "follows_id", "appeal_id")
"""Columns that tie a row to one other alone."""
ZONES = ("grid_id", "estate_id")
OWN_WORDS = {
    name: f"(SELECT {name} FROM bench_words WHERE id = c.words)"  # noqa: S608 - a name of our own
    for name in ("title", "text", "search")
}
SUBJECT = f"t.subject_kind = '{Request._meta.label_lower}' AND t.subject_id = "


def _write(copies: Sequence[_Copy], here: Community) -> list[int]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What belongs to a copy points where it did or to the copy; to look that up again takes half of the time.
            cursor.execute("SET LOCAL session_replication_role = replica")
    promises = {name: f"CAST(c.{name} AS {_type_of(Request, name)})" for name in ("promises", "warnings")}
    moved = {"longitude": "t.longitude + c.east", "latitude": "t.latitude + c.north"}
    _multiply(Request, copies, here, "t.id = c.template", {"number": "c.number", **OWN_WORDS, **promises, **moved})
    ids = dict(Request.objects.filter(number__in=[copy.number for copy in copies]).values_list("number", "pk"))
    copies = [replace(copy, id=ids[copy.number]) for copy in copies]
    for model in (Step, Clock, Rating, Suggestion):
        _multiply(model, copies, here, "t.request_id = c.template", {"request_id": "c.copy"})
    as_words = "CAST(c.{} AS varchar(32))".format
    _multiply(AuditEntry, copies, here, SUBJECT + as_words("template"), {"subject_id": as_words("copy")})
    published = {"subject_id": "c.copy", "number": "c.number", "changed_in": "NULL", **OWN_WORDS, **moved}
    _multiply(Disclosure, copies, here, SUBJECT + "c.template", published)
    return list(ids.values())


def _type_of(model: type[models.Model], column: str) -> str:
    return model._meta.get_field(column).db_type(connection)


def _multiply(
    model: type[models.Model], copies: Sequence[_Copy], here: Community, link: str, changed: Mapping[str, str]
) -> None:
    """Write the rows of the model that belong to the templates once more for each copy, in one statement."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = ", ".join(changed.get(field.column) or _value(field, here) for field in fields)
    rows = ",\n".join(copy.as_row(here) for copy in copies)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH c({HEADS}) AS (VALUES {rows}) "  # noqa: S608 - names and numbers of our own
            f"INSERT INTO {table} ({names}) SELECT {values} FROM c JOIN {table} t ON {link}"
        )


def _value(field: models.Field, here: Community) -> str:
    """Return a column of a copy: moments earlier, places, zones and bodies those of its community."""
    own = f"t.{connection.ops.quote_name(field.column)}"
    if field.column in NOT_COPIED:
        return "NULL" if field.null else "''"
    if isinstance(field, models.DateTimeField):
        ago = "c.ago * interval '1 minute'" if connection.vendor == "postgresql" else "c.ago * 60000000"
        return connection.ops.combine_duration_expression("-", [own, ago])
    if field.column == "place_code":
        return f"replace({own}, '{here.home}', '{here.code}')"
    if field.column in ZONES:
        return _case(own, here.zones)
    return _case(own, here.bodies) if field.column == "body_id" else own


def _case(own: str, ids: Mapping[int, int]) -> str:
    cases = " ".join(f"WHEN {at_home} THEN {here}" for at_home, here in ids.items())
    return f"CASE {own} {cases} ELSE {own} END"
