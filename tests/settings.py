"""Settings for tests: production's own, in a home folder of this run, with a quick hasher and a test database file."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MISSION_RECORD = Path(os.environ.get("JINLIN_HOME") or ROOT / "data") / "mission.json"
"""Where the last outcome of each mechanism's check is kept: with the installation's data, for `jinlin mission`."""

# The processes of a run that is spread over several cores share the home folder of the first one.
if "PYTEST_XDIST_WORKER" not in os.environ:
    _home = tempfile.TemporaryDirectory(prefix="jinlin-tests-", ignore_cleanup_errors=True)
    os.environ["JINLIN_HOME"] = _home.name

from jinlin.settings import *  # noqa: E402, F403  it reads the environment that was set above
from jinlin.settings import DATABASES, HOME  # noqa: E402

JINLIN_GALLERY = True
# A test signs staff in by session alone; those about sign-in switch this on.
JINLIN_STAFF_SECOND_FACTOR = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
(HOME / "static").mkdir(exist_ok=True)
# A file, not memory: threads then meet the same journal and the same locks as in production.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "tests.sqlite3")}
