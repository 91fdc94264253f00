"""Calls made up from the API's own description never break it, and what it answers has the shape that it describes."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from jinlin.api.app import api
from jinlin.volunteering.actions import NewPosting, post
from jinlin.volunteering.models import Posting
from jinlin.wsgi import application
from tests.api.programs import Program
from tests.support.community import COMMUNITY, Community

DESCRIPTION = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
SCHEMA = schemathesis.openapi.from_dict(DESCRIPTION)
SCHEMA.app = application
OPERATIONS = {operation.ok().label: operation.ok() for operation in SCHEMA.get_all_operations()}
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance, content_type_conformance]
EXAMPLES = 6
SECONDS = 2.0


def with_real_ids(case: Any, raised: dict[str, str]) -> None:
    """Let most made-up calls meet a request that is there."""
    known = {"request_id": raised["id"], "number": raised["number"], "code": raised["follow_code"]}
    known |= {name: raised[name] for name in ("post_id", "pairing_id")}
    for name, value in known.items():
        if name in (case.path_parameters or {}) and case.method != "GET":
            case.path_parameters[name] = value


def claimed(worker: Program, community: Community) -> dict[str, str]:
    """Return the ids of a post and of the worker's claim of it."""
    body = community.bodies["residents_committee"]
    new = NewPosting(Posting.Kind.POST, "people", "楼道保洁", 2, COMMUNITY, body)
    shown = post(actor=community.actor("community_worker"), new=new)
    made = worker.post(f"/volunteering/posts/{shown.pk}/claim").json()
    return {"post_id": str(shown.pk), "pairing_id": made["id"]}


@pytest.fixture
def worker(program: Callable[[str], Program]) -> Program:
    """A program of the community worker, who sees every request here."""
    return program("community_worker")


@pytest.fixture
def raised(worker: Program, community: Community) -> Iterator[dict[str, str]]:
    """The receipt of a request, and a claimed post; from then on calls keep the test's connection, and with it its rows."""
    receipt = worker.raise_request() | claimed(worker, community)
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield receipt
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("label", OPERATIONS)
def test_made_up_calls_break_nothing(worker, raised, label):
    operation, end = OPERATIONS[label], time.monotonic() + SECONDS

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        if time.monotonic() > end:
            return
        with_real_ids(case, raised)
        case.call_and_validate(checks=CHECKS, headers=worker.headers() | {"Host": "localhost"})

    check()


def test_the_description_has_no_empty_operation():
    assert len(OPERATIONS) > 25
    assert all("default" in operation.definition.raw["responses"] for operation in OPERATIONS.values())
