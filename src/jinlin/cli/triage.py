"""Commands that train and measure triage on labelled messages; they need no database unless a model is put to use."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import process_time
from typing import Annotated, Any

import typer

from jinlin.algorithms.triage import Doubt, InvalidModelFile, TriageModel, find_doubtful, load_model, save_model
from jinlin.cli.places import in_the_district
from jinlin.cli.speech import answer, people, progress, refuse, say, told_plainly
from jinlin.platform.access import SYSTEM
from jinlin.platform.spreadsheets import write_csv
from jinlin.requests.actions import install_triage_model, learn_triage
from jinlin.requests.labelled import Labelled, read_labelled
from jinlin.requests.triage import model_place

FOLDS = 5
GROUP_CHARACTERS = 30
SHOWN_CHARACTERS = 60
_DOUBT_LINE = (
    "row {row}: {label} ({confidence:.2f}), rather {suggested} ({suggested_confidence:.2f}), for: {words}. {text}"
)

Texts = Annotated[list[str], typer.Option("--text", help="Header of a column of words; several are joined.")]
Label = Annotated[str, typer.Option(help="Header of the column that holds each message's category.")]
Group = Annotated[
    str, typer.Option(help="prefix:N keeps texts with the same first N characters in one part; prefix:30 unless told.")
]
District = Annotated[str, typer.Option(help="Code of the district, where there are several.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


def train_triage(
    file: Path,
    text: Texts,
    label: Label,
    out: Annotated[Path | None, typer.Option(help="File to write the model to.")] = None,
    install: Annotated[
        bool, typer.Option("--install", help="Let the district's triage use the model from now on.")
    ] = False,
    district: District = "",
    as_json: Json = False,
) -> None:
    """Train triage on labelled messages from CSV, CSV.gz or XLSX."""
    if out is None and not install:
        refuse("Say with --out FILE where the model goes, or with --install that this district shall use it.")
    if out is not None and not out.absolute().parent.is_dir():
        refuse(f"{out.parent}: there is no such folder. Make it, or name another one with --out.")
    with _told_of_models(), in_the_district(district) if install else nullcontext():
        data, load_s = _read(file, text, label)
        model, train_cpu_s = _trained(data)
        size = save_model(model, out) if out else 0
        if install:
            size = _installed(model, data)
    counts = {"rows": len(data.texts), "passed_over": data.passed_over, "labels": len(model.labels)}
    figures = {"load_s": load_s, "train_cpu_s": train_cpu_s, "model_bytes": size, "per_label": Counter(data.labels)}
    answer(counts | figures, as_json=as_json)


def evaluate_triage(
    file: Path,
    text: Texts,
    label: Label,
    model: Annotated[Path | None, typer.Option(help="A trained model; otherwise models are trained in folds.")] = None,
    folds: Annotated[int | None, typer.Option(min=2, max=100, help=f"How many parts; {FOLDS} unless told.")] = None,
    group: Group = "",
    as_json: Json = False,
) -> None:
    """Say how well triage does on labelled messages: by a given model, or by models that have not seen them."""
    if model and (folds or group):
        refuse("A given --model is not trained again; leave --folds and --group out, or leave --model out.")
    characters = _group_characters(group)
    with _told_of_models():
        given = load_model(model) if model else None
        data, load_s = _read(file, text, label)
        figures = _measured(data, given, folds or FOLDS, characters)
    answer(dict(figures) | {"passed_over": data.passed_over, "load_s": load_s}, as_json=as_json)


def doubtful_labels(
    file: Path,
    text: Texts,
    label: Label,
    group: Group = "",
    top: Annotated[int, typer.Option(min=1, help="How many to show, the most doubtful first.")] = 50,
    out: Annotated[Path | None, typer.Option(help="CSV file to write all of them to.")] = None,
    as_json: Json = False,
) -> None:
    """Find labels that are likely wrong: where models that have not seen a message are sure of another label."""
    characters = _group_characters(group)
    with _told_of_models():
        data, load_s = _read(file, text, label)
        doubts, cpu_s = _doubts(data, characters)
        if out:
            _write(out, data, doubts)
    shown = [_doubt_shown(data, doubt) for doubt in doubts[:top]]
    counts = {"rows": len(data.texts), "passed_over": data.passed_over, "found": len(doubts)}
    answer(counts | {"doubtful": shown} | {"load_s": load_s, "cpu_s": cpu_s} if as_json else counts, as_json=as_json)
    if not as_json:
        for doubt in shown:
            line = _DOUBT_LINE.format(**doubt | {"words": "、".join(doubt["words"])})
            people.print(line, markup=False, soft_wrap=True)


def learn(district: District = "", as_json: Json = False) -> None:
    """Train the district's triage anew on its examples and on what officers have decided; the worker does so by itself."""
    with _told_of_models(), in_the_district(district), progress("training"):
        learnt = learn_triage(actor=SYSTEM)
    answer(learnt._asdict(), as_json=as_json)


def _group_characters(group: str) -> int:
    found = re.fullmatch(r"prefix:([1-9]\d{0,4})", group) if group else None
    if group and not found:
        refuse(f"--group {group}: write it as prefix:30, the number of first characters that reposts share.")
    return int(found[1]) if found else GROUP_CHARACTERS


def _read(file: Path, text: list[str], label: str) -> tuple[Labelled, float]:
    start = process_time()
    with progress("rows read") as advance:
        data = read_labelled(file, text, label, advance)
    return data, round(process_time() - start, 3)


def _measured(data: Labelled, given: TriageModel | None, folds: int, characters: int) -> Mapping[str, Any]:
    # The learning library takes a second to load, which no other command shall wait for.
    from jinlin.algorithms.triage.evaluation import evaluate
    from jinlin.algorithms.triage.training import prefix_groups

    groups = prefix_groups(data.texts, characters)
    with progress("measuring", total=1 if given else folds) as advance:
        return evaluate(
            data.texts, data.labels, groups=groups, folds=folds, model=given, progress=lambda _done, _total: advance()
        )


def _trained(data: Labelled) -> tuple[TriageModel, float]:
    from jinlin.algorithms.triage.training import train_model

    with progress("training"):
        start = process_time()
        model = train_model(data.texts, data.labels)
        return model, round(process_time() - start, 3)


def _doubts(data: Labelled, characters: int) -> tuple[list[Doubt], float]:
    from jinlin.algorithms.triage.training import learn as learn_lesson
    from jinlin.algorithms.triage.training import prefix_groups

    with progress("comparing"):
        start = process_time()
        lesson = learn_lesson(data.texts, data.labels, prefix_groups(data.texts, characters))
        found = find_doubtful(lesson, data.texts, data.labels)
        return found, round(process_time() - start, 3)


def _doubt_shown(data: Labelled, doubt: Doubt) -> dict[str, Any]:
    told = doubt._asdict()
    place = told.pop("place")
    return {"row": data.rows[place], **told, "text": data.texts[place][:SHOWN_CHARACTERS]}


def _write(out: Path, data: Labelled, doubts: list[Doubt]) -> None:
    lines = [
        _doubt_shown(data, doubt) | {"words": "、".join(doubt.words), "text": data.texts[doubt.place]}
        for doubt in doubts
    ]
    header = ["row", *Doubt._fields[1:], "text"]
    with out.open("wb") as target:
        write_csv(target, header, [[line[name] for name in header] for line in lines])


def _installed(model: TriageModel, examples: Labelled) -> int:
    unknown = install_triage_model(actor=SYSTEM, model=model, examples=examples)
    if unknown:
        say(f"These labels are no categories of the district and will be ignored: {', '.join(unknown)}.")
    return model_place().stat().st_size


@contextmanager
def _told_of_models() -> Iterator[None]:
    """Turn what cannot be read or learnt from into one sentence and exit code 2."""
    from jinlin.algorithms.triage.training import TooFewExamples

    with told_plainly():
        try:
            yield
        except (TooFewExamples, InvalidModelFile) as error:
            refuse(str(error))
