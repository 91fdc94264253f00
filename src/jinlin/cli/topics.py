"""`jinlin requests topics`: what many messages of a file are about, hottest first; no database."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import Annotated, Any

import typer

from jinlin.algorithms.topics import FORMULA, Message, Topic, find_topics
from jinlin.cli.columns import Columns, read_columns, seconds_since
from jinlin.cli.speech import answer, progress, refuse
from jinlin.platform.dates import LOCAL
from jinlin.platform.spreadsheets.values import Unreadable, as_moment, as_whole

IDS = ("message_id", "id", "留言编号", "编号")
AUTHORS = ("author", "user", "留言用户", "用户")
"""Headers by which the columns of numbers and authors are found where they are not named."""
SHOWN = 10


def find_topics_of_file(
    file: Path,
    text: Annotated[
        list[str], typer.Option("--text", help="Header of a column of words; of several, the first is the title.")
    ],
    time: Annotated[str, typer.Option(help="Header of the column that says when it was written.")],
    id_: Annotated[
        str, typer.Option("--id", help="Header of each message's number; found by itself, else the lines are counted.")
    ] = "",
    author: Annotated[
        str, typer.Option(help="Header of who wrote it; found by itself where it is called author, user or 用户.")
    ] = "",
    support: Annotated[str, typer.Option(help="Header of the clicks for it.")] = "",
    oppose: Annotated[str, typer.Option(help="Header of the clicks against it.")] = "",
    top: Annotated[int, typer.Option(min=1, help="How many topics.")] = SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Find the topics of the messages in a CSV, CSV.gz or XLSX file: place, period, members, heat and how it came about."""
    start = process_time()
    columns = _read(file, {*text, time, id_, author, support, oppose} - {""})
    ids = columns.cells.get(id_ or _first(columns, IDS), [str(number) for number in range(1, len(columns) + 1)])
    rows, messages = _messages(
        columns, list(dict.fromkeys(text)), time, author or _first(columns, AUTHORS), (support, oppose)
    )
    load_s = seconds_since(start)
    with progress("looking for topics"):
        start = process_time()
        topics = find_topics(messages, top)
        cpu_s = seconds_since(start)
    shown = [_shown(rank, topic, [ids[row] for row in rows]) for rank, topic in enumerate(topics, start=1)]
    counts = {"rows": len(columns), "passed_over": len(columns) - len(rows), "formula": FORMULA}
    answer({"topics": shown} | counts | {"load_s": load_s, "cpu_s": cpu_s}, as_json=as_json)


def _read(file: Path, wanted: Iterable[str]) -> Columns:
    """Return the wanted columns and those that are found by themselves; cells may be empty, columns must be there."""
    headers = sorted(wanted)
    columns = read_columns(file, {}, optional=dict.fromkeys([*headers, *IDS, *AUTHORS]))
    for header in headers:
        if header not in columns.headers:
            refuse(f"{file}: The header row lacks “{header}”. Name a column of the file, or add this one.")
    return columns


def _first(columns: Columns, names: Iterable[str]) -> str:
    return next((name for name in names if name in columns.headers), "")


def _messages(
    columns: Columns, texts: list[str], time: str, author: str, clicks: tuple[str, str]
) -> tuple[list[int], list[Message]]:
    """Return the rows that have words and a time, and their messages."""
    rows: list[int] = []
    messages: list[Message] = []
    for row in range(len(columns)):
        title, *others = (columns.cells[header][row].strip() for header in texts)
        words = " ".join(part for part in others if part) if others else title
        at = columns.cells[time][row]
        if not at or not (title or words):
            continue
        support, oppose = (_clicks(columns, row, header) for header in clicks)
        writer = columns.cells[author][row] if author else ""
        rows.append(row)
        messages.append(Message(words, _moment(columns, row, time), title if others else "", writer, support, oppose))
    return rows, messages


def _moment(columns: Columns, row: int, header: str) -> datetime:
    try:
        return as_moment(columns.cells[header][row]).astimezone(LOCAL)
    except Unreadable:
        columns.blame(row, header, f"“{columns.cells[header][row][:40]}” is no time. Write it as 2026-05-06 14:30.")


def _clicks(columns: Columns, row: int, header: str) -> int:
    cell = columns.cells[header][row] if header else ""
    try:
        return as_whole(cell) if cell else 0
    except Unreadable:
        columns.blame(row, header, f"“{cell[:40]}” is no whole number. Write how many, or leave it empty.")


def _shown(rank: int, topic: Topic, ids: list[str]) -> dict[str, Any]:
    heat = topic.heat
    return {
        "rank": rank,
        "title": topic.title,
        "place": topic.place,
        "from": topic.first.isoformat(),
        "to": topic.last.isoformat(),
        "heat": heat.value,
        "heat_parts": {"messages": heat.messages, "voices": heat.voices, "support": heat.support, "peak": heat.peak},
        "members": [ids[number] for number in topic.members],
    }
