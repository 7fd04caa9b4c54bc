"""Names for the arrays that the methods take and give, and the refusal they share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from etl.errors import CommonGroundError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
ByteArray = NDArray[np.uint8]
BoolArray = NDArray[np.bool_]


class MethodError(CommonGroundError, ValueError):
    """Numbers that a method cannot be applied to."""

    exit_code = 2
