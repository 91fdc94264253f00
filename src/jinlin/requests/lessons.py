"""What a district's triage learns from: examples that an operator handed over, and the categories that officers decided."""

import csv
import gzip
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from django.db.models import QuerySet

from jinlin.requests.labelled import Labelled
from jinlin.requests.models import Request, Step
from jinlin.requests.states import Verb
from jinlin.requests.triage import codes_of_labels, model_place, trained_model, whole_text

DECIDING = {Verb.RECEIVE, Verb.ACCEPT, Verb.CLASSIFY, Verb.IMPORT}
"""Steps in which a person gives a category, here or in the system that a request was handed over by."""
MOST_DECISIONS = 20_000
FIRST_LESSON = 100
"""Decisions without which no model is trained: the tree's own words know more than that."""
NEXT_LESSON = 20
NEXT_SHARE = 0.01
"""New decisions after which the model is trained anew, at least this share of what it learnt from."""


class Lessons(NamedTuple):
    """Texts with their labels, how many of them officers decided, and the number of the last decision."""

    data: Labelled
    decisions: int
    until: int


def lessons() -> Lessons:
    """Return everything that triage can learn from now; what an officer decided of a text counts before an example.

    Categories that are closed are left out, and so are all but the newest MOST_DECISIONS requests.
    """
    until = _deciding_steps(0).order_by("-pk").values_list("pk", flat=True).first() or 0
    decided = _decided()
    examples = stored_examples()
    known = dict(zip(examples.texts, examples.labels, strict=True)) | decided
    codes = codes_of_labels(dict.fromkeys(known.values()))
    learnt = {text: codes[label] for text, label in known.items() if label in codes}
    return Lessons(Labelled(list(learnt), list(learnt.values())), len(decided.keys() & learnt.keys()), until)


def new_decisions() -> int:
    """Return how many decisions of officers the model in use has not seen, as soon as they are enough to learn anew; else 0."""
    model = trained_model()
    enough = max(NEXT_LESSON, int(model.rows * NEXT_SHARE)) if model else FIRST_LESSON
    found = _deciding_steps(model.until if model else 0).count()
    return found if found >= enough else 0


def examples_place() -> Path:
    """Return where the examples lie that an operator trained this district's triage with, or would lie."""
    return model_place().with_name("examples.csv.gz")


def stored_examples() -> Labelled:
    """Return those examples; none where the model was never trained from a file."""
    try:
        with gzip.open(examples_place(), "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except FileNotFoundError:
        return Labelled()
    return Labelled([text for text, _label in rows], [label for _text, label in rows])


def store_examples(data: Labelled) -> None:
    """Keep the examples beside the model, readable to the platform alone; the same examples give the same file."""
    place = examples_place()
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{place.name}")
    with unfinished.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
        unfinished.chmod(0o600)
        with TextIOWrapper(packed, encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(zip(data.texts, data.labels, strict=True))
    unfinished.replace(place)


def _decided() -> dict[str, str]:
    """Return {text: category} of the newest requests that have one; of a text that came twice, the newest decision."""
    rows = Request.objects.exclude(category="").order_by("-received_at", "-pk")[:MOST_DECISIONS]
    found: dict[str, str] = {}
    for title, text, category in rows.values_list("title", "text", "category"):
        found.setdefault(whole_text(title, text), category)
    return found


def _deciding_steps(after: int) -> QuerySet[Step]:
    return Step.objects.filter(pk__gt=after, verb__in=DECIDING).exclude(category="")
