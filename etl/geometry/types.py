"""The arrays that geometry is handed over in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Geometries = NDArray[Any]
"""Shape (n,), dtype object: shapely geometries."""

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
