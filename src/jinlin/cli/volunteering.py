"""Commands about volunteering; matching works on files alone and needs no database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Annotated, Any

import typer

from jinlin.cli.columns import Columns, read_columns, seconds_since, write_rows
from jinlin.cli.speech import answer, refuse

app = typer.Typer(help="Volunteering: who goes where.", no_args_is_help=True)

MOST_CAPACITY = 1_000_000_000
CAPACITY_REMEDY = "Write how many can be taken, 1 or more, or take the line out."
BENEFIT_REMEDY = "Write a whole number of 1 or more; who does not fit has no line here."
PAIR = ("offer", "need", "benefit")


@app.callback()
def volunteering() -> None:
    """Volunteering: who goes where."""


@app.command("match")
def match_files(
    offers: Annotated[Path, typer.Argument(help="Columns offer, capacity.")],
    needs: Annotated[Path, typer.Argument(help="Columns need, capacity.")],
    edges: Annotated[Path, typer.Argument(help="Columns offer, need, benefit: who fits where, and how well.")],
    out: Annotated[Path | None, typer.Option(help="Write the pairs to this CSV file.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Be content with 0.01 % below the optimum.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Match offers with needs so that the pairs together bring the greatest benefit."""
    # Numba takes a second to load, which no other command shall wait for.
    from jinlin.algorithms.matching import QUICK, InvalidMarket, match

    if out is not None and not out.absolute().parent.is_dir():
        refuse(f"{out.parent}: there is no such folder. Make it, or name another one with --out.")
    start = process_time()
    files = _read(offers, needs, edges)
    market = _market(*files)
    match([1], [1], [0], [0], [1])  # loads the machine code, which is no part of the work
    load_s, start = seconds_since(start), process_time()
    try:
        found = match(**market, **({"tolerance": QUICK} if quick else {}))
    except InvalidMarket as error:
        refuse(f"{edges}: {error}")
    cpu_s = seconds_since(start)
    pairs = _pairs(files[2], found.pairs.tolist())
    figures = _figures(files[1], found) | {"load_s": load_s, "cpu_s": cpu_s}
    if out is not None:
        write_rows(out, PAIR, pairs)
    elif as_json:
        figures["pairs"] = [dict(zip(PAIR, pair, strict=True)) for pair in pairs]
    answer(figures if as_json else _for_a_person(figures), as_json=as_json)


def _read(offers: Path, needs: Path, edges: Path) -> tuple[Columns, Columns, Columns]:
    return (
        read_columns(offers, {"offer": (), "capacity": ()}),
        read_columns(needs, {"need": (), "capacity": ()}),
        read_columns(edges, dict.fromkeys(PAIR, ())),
    )


def _market(offers: Columns, needs: Columns, edges: Columns) -> Mapping[str, Any]:
    offer_ids, need_ids = offers.ids("offer"), needs.ids("need")
    market = {
        "offer_capacity": offers.whole_numbers("capacity", least=1, most=MOST_CAPACITY, remedy=CAPACITY_REMEDY),
        "need_capacity": needs.whole_numbers("capacity", least=1, most=MOST_CAPACITY, remedy=CAPACITY_REMEDY),
        "offer": edges.references("offer", offer_ids, offers.path),
        "need": edges.references("need", need_ids, needs.path),
        "benefit": edges.whole_numbers("benefit", least=1, remedy=BENEFIT_REMEDY),
    }
    edges.refuse_twice(("offer", "need"), market["offer"] * len(need_ids) + market["need"])
    return market


def _pairs(edges: Columns, rows: Sequence[int]) -> list[tuple[str, str, int]]:
    offer, need, benefit = (edges.cells[name] for name in PAIR)
    return [(offer[row], need[row], int(benefit[row])) for row in rows]


def _figures(needs: Columns, found: Any) -> dict[str, Any]:
    ids = needs.cells["need"]
    return {
        "placed": len(found.pairs),
        "benefit": found.benefit,
        "optimal": found.optimal or found.bound,
        "idle": int(found.free_offers.sum()),
        "unplaced": [
            {"need": ids[short.need], "why": short.why, "missing": short.missing} for short in found.shortages
        ],
    }


def _for_a_person(figures: dict[str, Any]) -> dict[str, Any]:
    """Return counts instead of thousands of lines."""
    reasons = Counter(str(short["why"]) for short in figures["unplaced"])
    return figures | {"unplaced": ", ".join(f"{count} × {why}" for why, count in sorted(reasons.items())) or "none"}
