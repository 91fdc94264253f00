"""Names for the arrays that the engines work on."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]
Keys = Numbers | Reals
