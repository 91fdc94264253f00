"""Finds the line on which each row and key of a TOML file stands, so that a finding can name it."""

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\[(?P<array>\[?)\s*(?P<name>[\w.-]+)\s*\]")
_KEY = re.compile(r"^(?P<name>[\w-]+)\s*=\s*(?P<opens>\[\s*$)?")
_ROW = re.compile(r"^\{")
_ROW_OPENS = re.compile(r"(?P<name>[\w-]+)\s*=\s*\[\s*$")


def line_numbers(text: str) -> dict[Path, int]:
    """The line (from 1) of every table, key and one-line row of an array, by its path.

    Reads the plain layout that playbooks use: one key a line, and arrays of inline tables with one row a line; the last
    value of a row may be such an array again.
    """
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    arrays: list[Path] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if arrays:
            _within(found, counts, arrays, line, number)
        elif header := _HEADER.match(line):
            table = _enter(found, counts, header, number)
        elif key := _KEY.match(line):
            found[(*table, key["name"])] = number
            if key["opens"]:
                arrays.append((*table, key["name"]))
    return found


def _within(found: dict[Path, int], counts: dict[Path, int], arrays: list[Path], line: str, number: int) -> None:
    """Notes a line inside the innermost open array: the next row, which may open an array, or the end of the array."""
    if _ROW.match(line):
        row = _next_row(found, counts, arrays[-1], number)
        if opens := _ROW_OPENS.search(line):
            arrays.append((*row, opens["name"]))
    elif line.startswith("]"):
        arrays.pop()


def _enter(found: dict[Path, int], counts: dict[Path, int], header: re.Match[str], number: int) -> Path:
    """Notes a table header and returns its path; a header in double brackets is the next row of its array."""
    path: Path = tuple(header["name"].split("."))
    if header["array"]:
        return _next_row(found, counts, path, number)
    found[path] = number
    return path


def _next_row(found: dict[Path, int], counts: dict[Path, int], array: Path, number: int) -> Path:
    path = (*array, counts.get(array, 0))
    counts[array] = counts.get(array, 0) + 1
    found[path] = number
    found.setdefault(array, number)
    return path


def line_of(found: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it that has one; 1 when nothing has."""
    while path:
        if path in found:
            return found[path]
        path = path[:-1]
    return 1
