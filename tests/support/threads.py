"""Runs calls at the same moment on connections of their own, as two officers or two phones would."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from jinlin.region.districts import in_district
from tests.support.databases import the_district


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run every call in a thread with its own database connection and return results or the errors raised, in order.

    All begin together. The test needs `transactional_db`: what another connection wrote must be committed.
    """
    district = the_district()
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            with in_district(district):
                start.wait(timeout=10)
                return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
