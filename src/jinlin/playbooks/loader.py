"""Reads playbooks and catalogues from their files, and says line by line what is wrong with one."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path as FilePath
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from jinlin.playbooks.checks import Problem, catalogue_problems, playbook_problems
from jinlin.playbooks.files import Finding, PlaybookError, Source, read
from jinlin.playbooks.lines import Path
from jinlin.playbooks.merging import Merged, merge
from jinlin.playbooks.schema import Catalogue, Playbook, Row

__all__ = [
    "FOLDER",
    "Finding",
    "PlaybookError",
    "check",
    "load_catalogue",
    "load_file",
    "load_playbook",
    "playbook_names",
]

FOLDER = FilePath(__file__).parent
_INHERITED = ("kind", "urgency")
_Model = TypeVar("_Model", bound=Row)
_Locate = Callable[[Path, str, str], Finding]


def playbook_names() -> list[str]:
    """The profiles that come with the product, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def load_playbook(name: str) -> Playbook:
    """The playbook of a profile, with its catalogue. Raises PlaybookError, which says what to do."""
    if name not in playbook_names():
        known = ", ".join(playbook_names())
        raise PlaybookError(FilePath(f"{name}.toml"), [Finding(1, "there is no such playbook", f"Use one of {known}.")])
    return load_file(FOLDER / f"{name}.toml")


def load_file(path: FilePath) -> Playbook:
    """The playbook in a file, with the shared files that it takes in. Raises PlaybookError with every finding."""
    merged = read_whole(path)
    catalogue = _load_catalogue(path, merged)
    playbook = _validated(path, Playbook, {**merged.data, "categories": catalogue}, merged.finding)
    _refuse(path, playbook_problems(playbook), merged.finding)
    return playbook


def read_whole(path: FilePath) -> Merged:
    """What a playbook's file and those it takes in say together. Raises PlaybookError."""
    own = read(path)
    names = own.data.get("includes", [])
    if not isinstance(names, list):
        raise PlaybookError(path, [own.finding(("includes",), "'includes' is not a list", 'Write ["common"].')])
    return merge([*(_included(own, str(name)) for name in names), own])


def _included(own: Source, name: str) -> Source:
    """A shared file: in `shared` beside the playbook, else among those that come with the product."""
    for folder in (own.path.parent, FOLDER):
        found = folder / "shared" / f"{FilePath(name).name}.toml"
        if name and found.is_file():
            return read(found)
    known = ", ".join(sorted(path.stem for path in (FOLDER / "shared").glob("*.toml")))
    finding = own.finding(("includes",), f"there is no shared file {name!r}", f"Use some of {known}.")
    raise PlaybookError(own.path, [finding])


@cache
def load_catalogue(path: FilePath) -> Catalogue:
    """The category tree in a file, with what entries inherit filled in. Raises PlaybookError with every finding."""
    source = read(path)
    catalogue = _validated(path, Catalogue, _inherit(source.data), source.finding)
    _refuse(path, catalogue_problems(catalogue), source.finding)
    return catalogue


def check(path: FilePath) -> list[Finding]:
    """What is wrong with a playbook or catalogue file; an empty list means that it can be used."""
    try:
        data = read(path).data
        if "category" in data and "profile" not in data:
            load_catalogue(path)
        else:
            load_file(path)
    except PlaybookError as error:
        return sorted(error.findings, key=lambda row: (row.file != path.name, row.file, row.line))
    return []


def _load_catalogue(path: FilePath, merged: Merged) -> Catalogue:
    """The catalogue that a playbook names: beside the playbook, else among those that come with the product."""
    name = str(merged.data.get("catalogue", ""))
    for folder in (path.parent, FOLDER):
        found = folder / "catalogues" / f"{FilePath(name).name}.toml"
        if name and found.is_file():
            return _sound_catalogue(path, found, merged)
    finding = merged.finding(("catalogue",), f"there is no catalogue {name!r}", 'Write catalogue = "categories".')
    raise PlaybookError(path, [finding])


def _sound_catalogue(path: FilePath, found: FilePath, merged: Merged) -> Catalogue:
    try:
        return load_catalogue(found)
    except PlaybookError as error:
        what = f"the catalogue {found.name} has {len(error.findings)} findings"
        finding = merged.finding(("catalogue",), what, f"Check {found.name} by itself and mend it.")
        raise PlaybookError(path, [finding]) from error


def _inherit(data: dict[str, Any]) -> dict[str, Any]:
    """Fills in what each category takes from the entry above it, and writes its code into its clocks."""
    rows = data.get("category")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return data
    filled: dict[str, dict[str, Any]] = {}
    result = []
    for row in rows:
        code = str(row.get("code", ""))
        above = filled.get(code[:-2], {})
        whole = {key: above[key] for key in _INHERITED if key in above} | row
        filled[code] = whole
        result.append(_with_own_clocks(whole, code))
    return {**data, "category": result}


def _with_own_clocks(row: dict[str, Any], code: str) -> dict[str, Any]:
    clocks = row.get("clocks")
    if not isinstance(clocks, list):
        return row
    return {**row, "clocks": [{**clock, "category": code} if isinstance(clock, dict) else clock for clock in clocks]}


def _validated(path: FilePath, model: type[_Model], data: dict[str, Any], locate: _Locate) -> _Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = [_described(model, row) for row in error.errors()]
    raise PlaybookError(path, [locate(*problem) for problem in problems])


def _refuse(path: FilePath, problems: Iterable[Problem], locate: _Locate) -> None:
    findings = [locate(*problem) for problem in problems]
    if findings:
        raise PlaybookError(path, findings)


def _described(model: type[Row], error: Any) -> Problem:
    """One of pydantic's errors in the words of somebody who edits the file."""
    path: Path = error["loc"]
    key = str(path[-1]) if path else ""
    if error["type"] == "extra_forbidden":
        return path, f"unknown key {key!r}", _key_remedy(model, path)
    if error["type"] == "missing":
        return path, f"{key!r} is missing", f"Add {key} = … here."
    if error["type"] == "literal_error":
        return path, f"{error['input']!r} cannot stand for {key!r}", f"Use one of {error['ctx']['expected']}."
    return path, f"{key!r}: {error['msg']}", f"The value is {error['input']!r}; write another."


def _key_remedy(model: type[Row], path: Path) -> str:
    known = list(_model_at(model, path[:-1]).model_fields)
    close = get_close_matches(str(path[-1]), known, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known keys here: {', '.join(known)}."


def _model_at(model: type[Row], path: Path) -> type[Row]:
    """The row type that a path leads to, through the tuples of rows on its way."""
    for key in path:
        if isinstance(key, str) and key in model.model_fields:
            annotation = model.model_fields[key].annotation
            model = next((part for part in (annotation, *get_args(annotation)) if _is_row(part)), model)
    return model


def _is_row(part: object) -> bool:
    return isinstance(part, type) and issubclass(part, Row)
