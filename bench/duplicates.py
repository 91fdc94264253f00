"""`python -m bench.duplicates`: how long the look for likely duplicates takes among 100,000 open requests of one community.

On SQLite, and on PostgreSQL where it is installed. Before each look a request is written, as another process might. The
reference compares the same newest 10,000 texts by scikit-learn's TF-IDF of character pairs, fitted beforehand.
"""

import argparse
import shutil
import subprocess
import sys
from copy import copy
from functools import partial
from time import perf_counter, process_time
from typing import Any

import django

from bench.run import own_home
from bench.shared import ROOT
from bench.tables import print_table

LOOKS = 300
FILLED, BATCH = 9_000, 5_000
"""Requests that are made as the API's bench makes them; the others are copies of these, each in words of its own."""
HEADS = (
    "database",
    "first look, s",
    "CPU ms, median",
    "CPU ms, p95",
    "wall ms, median",
    "wall ms, p95",
    "found",
    "scikit-learn, CPU ms",
)


def main() -> None:
    """Measure both databases, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench.duplicates", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        with own_home():
            django.setup()
            print_table(f"{options.requests:,} open requests, {LOOKS} looks", HEADS, [_measured(options)])
        return
    here = [sys.executable, "-m", "bench.duplicates", "--requests", str(options.requests), "--one"]
    subprocess.run([*here, "SQLite"], cwd=ROOT, check=True)
    if shutil.which("pg_ctl") or any((ROOT / "bin").glob("with-postgres")):
        subprocess.run([str(ROOT / "bin" / "with-postgres"), *here, "PostgreSQL"], cwd=ROOT, check=False)


def _measured(options: argparse.Namespace) -> tuple[Any, ...]:

    from bench.content import fill
    from bench.district import profile
    from bench.reads import cost
    from jinlin.cli.serving import prepare
    from jinlin.demo.build import found_district
    from jinlin.people.models import Account
    from jinlin.platform.access import Role, actor_for
    from jinlin.platform.dates import now
    from jinlin.region.districts import in_district
    from jinlin.requests.models import Request
    from jinlin.requests.queries.duplicates import likely_duplicates
    from jinlin.requests.states import State

    prepare()
    with in_district(found_district(profile())):
        content = fill(FILLED)
        place = {"place_code": content.building_code}
        Request.objects.update(state=State.RECEIVED, received_at=now(), closed_at=None, **place)
        _copy(options.requests - FILLED, content.words)
        officers = (actor_for(account.pk, account.person_id) for account in Account.objects.order_by("pk"))
        officer = next(actor for actor in officers if actor.grants_as({Role.COMMUNITY_WORKER}))
        texts = content.words

        found = []

        def look(number: int) -> None:
            found.append(len(likely_duplicates(texts[number % len(texts)], content.building_code, officer)))

        start = perf_counter()
        look(0)
        first = perf_counter() - start
        template = Request.objects.order_by("-pk").first()
        cpu, wall = [], []
        for number in range(LOOKS):
            template.pk, template.number = None, f"bench-{number}"
            template.save(force_insert=True)
            start = perf_counter()
            cpu.append(cost(partial(look, number))[0])
            wall.append((perf_counter() - start) * 1000)
        newest = Request.objects.order_by("-pk").values_list("text", flat=True)[:10_000]
        reference = _reference(list(newest), texts)
    return (
        options.one, f"{first:.2f}", *_two(cpu), *_two(wall), f"{sum(found) / len(found):.1f}", f"{reference:.1f}",
    )  # fmt: skip


def _copy(count: int, words: list[str]) -> None:
    """Add so many open requests, each with two of the stories as its text."""
    from jinlin.requests.models import Request

    templates = list(Request.objects.order_by("pk")[:FILLED])
    for start in range(0, count, BATCH):
        rows = []
        for number in range(start, min(start + BATCH, count)):
            row = copy(templates[number % len(templates)])
            text = words[number % len(words)] + words[number * 7 // 3 % len(words)]
            row.pk, row.number, row.text, row.title = None, f"copy-{number}", text, text[:30]
            rows.append(row)
        Request.objects.bulk_create(rows, batch_size=500)


def _two(values: list[float]) -> tuple[str, str]:
    ordered = sorted(values)
    return f"{ordered[len(ordered) // 2]:.1f}", f"{ordered[int(len(ordered) * 0.95)]:.1f}"


def _reference(known: list[str], asked: list[str]) -> float:
    """Return the median milliseconds of a look by scikit-learn."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 2))
    rows = vectors.fit_transform(known).T.tocsr()
    taken = []
    for text in asked[:100]:
        start = process_time()
        scores = (vectors.transform([text]) @ rows).toarray().ravel()
        scores.argsort()[-5:]
        taken.append((process_time() - start) * 1000)
    return sorted(taken)[len(taken) // 2]


if __name__ == "__main__":
    main()
