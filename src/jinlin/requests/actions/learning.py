"""Teaches triage: puts a trained model to use, and trains it anew on what officers have decided since."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import process_time
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.triage import TriageModel, save_model
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, WrongState
from jinlin.platform.wording import in_a_row
from jinlin.region.districts import current_district
from jinlin.requests.labelled import Labelled
from jinlin.requests.lessons import lessons, store_examples
from jinlin.requests.triage import codes_of_labels, model_place


class Learnt(NamedTuple):
    """What became of a lesson: how many texts, how many of them officers decided, labels, CPU seconds, size."""

    rows: int
    decisions: int
    labels: int
    train_cpu_s: float
    model_bytes: int


def install_triage_model(*, actor: Actor, model: TriageModel, examples: Labelled | None = None) -> list[str]:
    """Put a trained model into the district's place, where the next suggestion finds it; return the labels of no use here.

    The examples that it was trained on are kept beside it, so that it can be trained anew together with what officers decide.

    Raises:
        Invalid: when none of its labels is a code or a name of the district's category tree.
    """
    codes = codes_of_labels(model.labels)
    if not codes:
        raise Invalid(
            _("None of the model's labels is a category of this district: %(labels)s.")
            % {"labels": in_a_row(model.labels[:10])},
            remedy=_("Label the texts with codes or names of the district's category tree, and train again."),
        )
    place = model_place()
    with transaction.atomic():
        record_change(actor, "requests.install_triage", current_district(), labels=len(codes), rows=model.rows)
        place.parent.mkdir(parents=True, exist_ok=True)
        if examples is not None:
            store_examples(examples)
        save_model(model, place)
    return [label for label in model.labels if label not in codes]


def learn_triage(*, actor: Actor) -> Learnt:
    """Train the district's triage on its examples and on all decisions of officers, and put it to use.

    Every process that suggests finds the new model by itself.

    Raises:
        WrongState: while another process does the same.
        TooFewExamples: where there is too little to learn from.
    """
    # The learning library takes a second to load, which no other process shall wait for.
    from jinlin.algorithms.triage.training import train_model

    with _alone():
        known = lessons()
        start = process_time()
        model = replace(train_model(known.data.texts, known.data.labels), until=known.until)
        spent = round(process_time() - start, 3)
        install_triage_model(actor=actor, model=model)
    return Learnt(model.rows, known.decisions, len(model.labels), spent, model_place().stat().st_size)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the district's lesson, which ends with the process at the latest.

    Raises:
        WrongState: where another process holds it.
    """
    place = model_place().with_name(".learning")
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WrongState(_("Triage is being trained already; this takes some minutes at most.")) from None
        yield
