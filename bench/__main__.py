"""`make bench`: measures each engine and the API in a process of its own, beside a named reference in the same run.

python -m bench                     everything
python -m bench matching circles    these parts; `python -m bench.PART --help` tells a part's own options
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("gridding", "circles", "matching", "triage", "topics", "opinions", "duplicates", "api")


def main() -> int:
    """Run the parts that are named, or all; return 1 when one of them failed."""
    wanted = sys.argv[1:] or PARTS
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        sys.stderr.write(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.\n")
        return 2
    failed = [part for part in wanted if _run(part)]
    if failed:
        sys.stderr.write(f"Not measured to the end: {', '.join(failed)}.\n")
    return 1 if failed else 0


def _run(part: str) -> int:
    sys.stdout.write(f"\n── {part}\n")
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", f"bench.{part}"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
