"""Values at rows of a table that may be empty."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def at_rows(values: NDArray[Any], rows: NDArray[np.integer]) -> NDArray[Any]:
    """Values of a column at rows, where -1 stands for nobody.

    Parameters
    ----------
    values : (n,) array
        The column.
    rows : (k,) or (k, m) integers
        Rows, -1 for none.

    Returns
    -------
    array of the shape of `rows`
        The value of each row; for -1 one that the caller must not use; noughts where the table is empty.

    Examples
    --------
    >>> at_rows(np.array([7, 8]), np.array([1, 0])).tolist(), at_rows(np.array([]), np.array([-1])).tolist()
    ([8, 7], [0.0])
    """
    if not len(values):
        return np.zeros(rows.shape, values.dtype)
    result: NDArray[Any] = values[np.maximum(rows, 0)]
    return result
