"""Binds the triage algorithms to this district's category tree and, once there is one, its trained model."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import structlog
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.triage import (
    InvalidModelFile,
    TriageModel,
    UrgencyLevel,
    WordTriage,
    find_urgency,
    load_model,
)
from jinlin.algorithms.triage.model import SURE_FROM
from jinlin.platform.errors import Words
from jinlin.platform.remembering import remembered
from jinlin.region.districts import current_district
from jinlin.requests.models import Category, Urgency

log = structlog.get_logger("jinlin.triage")

TREE, TREE_LASTS = "triage-tree", 60
"""Seconds until words that an operator has edited are heard."""
MOST_REASONS = 8
SURENESS = ((0.9, _("very sure")), (SURE_FROM, _("fairly sure")), (0.0, _("not sure")))
"""From which confidence on triage says how sure it is."""
TREES_KEPT = MODELS_KEPT = 16
URGENCY_OF = {
    UrgencyLevel.NORMAL: Urgency.ORDINARY,
    UrgencyLevel.URGENT: Urgency.URGENT,
    UrgencyLevel.DANGER: Urgency.EMERGENCY,
}


@dataclass(frozen=True)
class Triage:
    """What triage says of a text: category code (empty for none), urgency, confidence 0–1, the words that led it.

    `model` tells who says so: "words" for the category tree's own words, else the trained model's print.
    """

    category: str = ""
    urgency: str = Urgency.ORDINARY
    confidence: float = 0.0
    words: list[str] = field(default_factory=list)
    model: str = "words"


class Branch(NamedTuple):
    """A category of the tree as triage needs it."""

    code: str
    name: str
    keywords: tuple[str, ...]
    urgency: str


Tree = tuple[Branch, ...]


class _Voice(NamedTuple):
    code: str
    confidence: float
    words: tuple[str, ...]
    model: str


class _Trained(NamedTuple):
    model: TriageModel
    print: str


def triage(title: str, text: str) -> Triage:
    """Return what a request's words suggest; a person decides.

    A trained model is heard first. Where it is not sure, the surer of the model and the tree's own words counts.
    A sure category brings its own urgency with it; words of danger bring theirs in any case.
    """
    whole = whole_text(title, text)
    tree = remembered(TREE, TREE_LASTS, _tree)
    voice = _heard([*_of_model(whole, tree), *_of_words(whole, tree)])
    found = find_urgency(whole)
    category_urgency = _urgencies(tree)[voice.code] if voice.confidence >= SURE_FROM else Urgency.ORDINARY
    return Triage(
        category=voice.code,
        urgency=Urgency.gravest(URGENCY_OF[found.level], category_urgency),
        confidence=round(voice.confidence, 4),
        words=list(dict.fromkeys((*found.words, *voice.words)))[:MOST_REASONS],
        model=voice.model,
    )


def whole_text(title: str, text: str) -> str:
    """Return the words of a request as triage reads them; a title that only repeats the beginning is not counted twice."""
    return text if text.startswith(title) else f"{title} {text}"


def is_sure(confidence: float) -> bool:
    """Say whether triage is sure enough that its category is offered, and taken for many at once."""
    return confidence >= SURE_FROM


def sureness(confidence: float) -> Words:
    """Return in words how sure triage is."""
    return next(words for least, words in SURENESS if confidence >= least)


def danger_words(text: str) -> list[str]:
    """Return the words that speak of danger to life, in the order of the text; empty when there is none."""
    found = find_urgency(text)
    return list(found.words) if found.level is UrgencyLevel.DANGER else []


def emergency_words() -> list[str]:
    """Return the words of the emergency categories, for a page that looks out for them while somebody types."""
    tree = remembered(TREE, TREE_LASTS, _tree)
    return sorted({word for branch in tree if branch.urgency == Urgency.EMERGENCY for word in branch.keywords})


def model_place() -> Path:
    """Return where this district's trained model lies, or would lie."""
    return settings.JINLIN_HOME / "models" / current_district().schema_name / "triage.zip"


def codes_of_labels(labels: Iterable[str]) -> dict[str, str]:
    """Return {label: category code} for those labels that are a code or a name in this district's tree."""
    return _codes(tuple(labels), _tree())


def _tree() -> Tree:
    rows = Category.objects.filter(active=True).order_by("code").values_list("code", "name", "keywords", "urgency")
    return tuple(Branch(code, name, tuple(keywords), urgency) for code, name, keywords, urgency in rows)


def _heard(voices: list[_Voice]) -> _Voice:
    sure = (voice for voice in voices if voice.confidence >= SURE_FROM)
    surest = max(voices, key=lambda voice: voice.confidence, default=_Voice("", 0.0, (), "words"))
    return next(sure, surest)


def _of_words(text: str, tree: Tree) -> list[_Voice]:
    return [_Voice(*suggestion, "words") for suggestion in _word_triage(tree).suggest(text, most=1)]


def _of_model(text: str, tree: Tree) -> list[_Voice]:
    trained = _trained()
    if trained is None:
        return []
    prediction, read = trained.model.judge(text)
    codes = _codes(trained.model.labels, tree)
    for label, confidence in ((prediction.label, prediction.confidence), *prediction.others):
        if label in codes:
            words = tuple(reason.words for reason in trained.model.reasons(read, label))
            return [_Voice(codes[label], confidence, words, trained.print)]
    return []


@lru_cache(maxsize=TREES_KEPT)
def _word_triage(tree: Tree) -> WordTriage:
    return WordTriage(branch[:3] for branch in tree)


@lru_cache(maxsize=TREES_KEPT)
def _urgencies(tree: Tree) -> dict[str, str]:
    return {branch.code: branch.urgency for branch in tree}


@lru_cache(maxsize=TREES_KEPT)
def _codes(labels: tuple[str, ...], tree: Tree) -> dict[str, str]:
    known = {branch.name: branch.code for branch in reversed(tree)} | {branch.code: branch.code for branch in tree}
    foreign = [label for label in labels if label not in known]
    if foreign:
        log.warning("labels of the triage model that are no categories here are ignored", labels=foreign)
    return {label: known[label] for label in labels if label in known}


def trained_model() -> TriageModel | None:
    """Return this district's trained model, if there is one that can be used."""
    trained = _trained()
    return trained.model if trained else None


def _trained() -> _Trained | None:
    """Return this district's model; a file that was replaced is loaded anew."""
    path = model_place()
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return _loaded(path, found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=MODELS_KEPT)
def _loaded(path: Path, _modified: int, _inode: int) -> _Trained | None:
    try:
        return _Trained(load_model(path), f"trained:{sha256(path.read_bytes()).hexdigest()[:12]}")
    except InvalidModelFile as error:
        log.error("the triage model is not used", file=str(path), why=str(error))
        return None
