"""Starts the process that trains a district's triage beside the worker, once officers have decided enough."""

import os
import subprocess
import sys

from jinlin.region.districts import current_district
from jinlin.requests.lessons import new_decisions

NICE = 10
_learners: dict[str, subprocess.Popen[bytes]] = {}


def begin_learning() -> str:
    """Start it where there are enough new decisions and none runs already; return what came of that.

    The process has less right to the processor than the worker, so that nobody who has to hear of a danger waits for it,
    and gives its memory back when it is done.
    """
    code = current_district().code
    if code in _learners and _learners[code].poll() is None:
        return "learning already"
    found = new_decisions()
    if found:
        command = [sys.executable, "-m", "jinlin", "requests", "learn-triage", "--district", code]
        _learners[code] = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own command
        os.setpriority(os.PRIO_PROCESS, _learners[code].pid, NICE)
    return f"learning from {found} new decisions" if found else "too few new decisions"
