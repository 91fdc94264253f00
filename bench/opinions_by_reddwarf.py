"""Runs red-dwarf on a conversation, in an environment of its own: votes in a NumPy file, groups and seconds as JSON."""

import json
import sys
import warnings
from time import process_time

import numpy as np
from reddwarf.implementations.base import run_pipeline


def main() -> None:
    """Run it as often as the second argument says and print the median."""
    warnings.simplefilter("ignore")
    held = np.load(sys.argv[1])
    names = ("participant_id", "statement_id", "vote")
    rows = zip(*(held[name].tolist() for name in ("participant", "statement", "vote")), strict=True)
    votes = [dict(zip(names, row, strict=True)) | {"modified": 0} for row in rows]
    hidden = np.flatnonzero(~held["shown"]).tolist()
    seconds = []
    for _repeat in range(int(sys.argv[2])):
        start = process_time()
        found = run_pipeline(votes=votes, mod_out_statement_ids=hidden)
        seconds.append(process_time() - start)
    groups = found.participants_df["cluster_id"].dropna().astype(int)
    outcome = {
        "seconds": sorted(seconds)[len(seconds) // 2],
        "group": {str(key): int(groups[key]) for key in groups.index},
    }
    sys.stdout.write(json.dumps(outcome))


if __name__ == "__main__":
    main()
