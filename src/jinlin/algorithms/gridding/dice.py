"""Seeds of the search, one for each community."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray


def dice_of(*seeds: object) -> NDArray[np.uint64]:
    """Return the state (1,) of a random number generator; it depends on the seeds' words and their order only."""
    digest = blake2b("\0".join(map(str, seeds)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.array([int.from_bytes(digest, "little") or 1], np.uint64)
