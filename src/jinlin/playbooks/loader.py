"""Reads playbooks and catalogues from their files, and says line by line what is wrong with one."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path as FilePath
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import ValidationError

from jinlin.playbooks.checks import Problem, catalogue_problems, playbook_problems
from jinlin.playbooks.describing import described
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


def own_names() -> list[str]:
    """The profiles of files that the operator has put into `playbooks` in the home folder, in alphabetical order."""
    return sorted({path.stem for path in _home().glob("*.toml")} - set(playbook_names()))


def playbook_path(name: str) -> FilePath:
    """The file of a profile: one that comes with the product, else one in the home folder."""
    return (FOLDER if name in playbook_names() else _home()) / f"{name}.toml"


def load_playbook(name: str) -> Playbook:
    """The playbook of a profile, with its catalogue. Raises PlaybookError, which says what to do."""
    path = playbook_path(name)
    if name in playbook_names():
        return _load_shipped(path)
    if name in own_names():
        return load_file(path)
    known = {"known": ", ".join([*playbook_names(), *own_names()])}
    remedy = _("Use one of %(known)s.") % known
    raise PlaybookError(path, [Finding(1, _("there is no such playbook"), remedy, path.name)])


def _home() -> FilePath:
    return FilePath(settings.JINLIN_HOME) / "playbooks"


@cache
def _load_shipped(path: FilePath) -> Playbook:
    return load_file(path)


def load_file(path: FilePath) -> Playbook:
    """The playbook in a file, with the shared files that it takes in. Raises PlaybookError with every finding."""
    merged = read_whole(path)
    catalogue = _load_catalogue(path, merged)
    playbook = _validated(path, Playbook, {**merged.data, "categories": catalogue}, merged.finding)
    problems = [*_named_after_its_file(path, playbook), *playbook_problems(playbook)]
    _refuse(path, problems, merged.finding)
    return playbook


def _named_after_its_file(path: FilePath, playbook: Playbook) -> Iterator[Problem]:
    if playbook.profile != path.stem:
        what = _("the file is called %(file)s and the profile “%(profile)s”")
        words = {"file": path.name, "profile": playbook.profile}
        yield ("profile",), what % words, _("Give both the same name.")


def read_whole(path: FilePath) -> Merged:
    """What a playbook's file and those it takes in say together. Raises PlaybookError."""
    own = read(path)
    names = own.data.get("includes", [])
    if not isinstance(names, list):
        raise PlaybookError(path, [own.finding(("includes",), _("“includes” is no list"), _('Write ["common"].'))])
    return merge([*(_included(own, str(name)) for name in names), own])


def _included(own: Source, name: str) -> Source:
    """A shared file: in `shared` beside the playbook, else among those that come with the product."""
    for folder in (own.path.parent, FOLDER):
        found = folder / "shared" / f"{FilePath(name).name}.toml"
        if name and found.is_file():
            return read(found)
    known = ", ".join(sorted(path.stem for path in (FOLDER / "shared").glob("*.toml")))
    finding = own.finding(
        ("includes",),
        _("there is no shared file “%(name)s”") % {"name": name},
        _("Use some of %(known)s.") % {"known": known},
    )
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
    finding = merged.finding(
        ("catalogue",), _("there is no catalogue “%(name)s”") % {"name": name}, _('Write catalogue = "categories".')
    )
    raise PlaybookError(path, [finding])


def _sound_catalogue(path: FilePath, found: FilePath, merged: Merged) -> Catalogue:
    try:
        return load_catalogue(found)
    except PlaybookError as error:
        what = _("%(count)s things are wrong in the catalogue %(file)s")
        words = {"file": found.name, "count": len(error.findings)}
        remedy = _("Check %(file)s by itself and mend it.") % words
        finding = merged.finding(("catalogue",), what % words, remedy)
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
        problems = [described(model, row) for row in error.errors()]
    raise PlaybookError(path, [locate(*problem) for problem in problems])


def _refuse(path: FilePath, problems: Iterable[Problem], locate: _Locate) -> None:
    findings = [locate(*problem) for problem in problems]
    if findings:
        raise PlaybookError(path, findings)
