"""Reads TOML files, each with the lines on which its rows stand, and tells what is wrong with one by file and line."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from django.utils.translation import gettext as _

from jinlin.playbooks.checks.problems import said
from jinlin.playbooks.lines import Path, line_numbers, line_of


@dataclass(frozen=True)
class Finding:
    """Something wrong in a file: the line (from 1), what it is, what to do about it, and the name of the file."""

    line: int
    what: str
    remedy: str
    file: str = ""

    def __str__(self) -> str:
        where = _("%(file)s, line %(line)s") % {"file": self.file, "line": self.line}
        return _("%(where)s: %(words)s") % {"where": where, "words": said(self.what, self.remedy)}


class PlaybookError(Exception):
    """A playbook or catalogue cannot be used; `findings` say why."""

    def __init__(self, path: FilePath, findings: Iterable[Finding]) -> None:
        self.path = path
        self.findings = tuple(findings)
        super().__init__("\n".join(str(row) for row in self.findings))


@dataclass(frozen=True)
class Source:
    """A file that was read: what it says, and where."""

    path: FilePath
    data: dict[str, Any]
    lines: dict[Path, int]

    def finding(self, path: Path, what: str, remedy: str) -> Finding:
        """What is wrong at a path of this file."""
        return Finding(line_of(self.lines, path), what, remedy, self.path.name)


def read(path: FilePath) -> Source:
    """The file's contents. Raises PlaybookError for one that cannot be read or is not TOML."""
    try:
        text = path.read_text(encoding="utf-8")
        return Source(path, tomllib.loads(text), line_numbers(text))
    except OSError as error:
        line, what = 1, _("the file cannot be read: %(why)s") % {"why": error.strerror}
        remedy = _("Check the name and the rights.")
    except UnicodeDecodeError as error:
        line, what = 1, _("byte %(number)s is not UTF-8") % {"number": error.start + 1}
        remedy = _("Save the file as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else 1
        what, remedy = _("this is not TOML: %(why)s") % {"why": error}, _("Mend the line and check again.")
    raise PlaybookError(path, [Finding(line, what, remedy, path.name)])
