"""Columns of payments in the plain form that the matching works on, whatever type of text they come in."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["pence", "text_column"]


def text_column(payments: pd.DataFrame, column: str) -> NDArray[np.object_]:
    """A column of text; nothing is empty text.

    Examples
    --------
    >>> text_column(pd.DataFrame({"postcode": pd.Categorical(["PR1 2HE", None])}), "postcode").tolist()
    ['PR1 2HE', '']
    """
    values = payments[column].astype(object)
    return np.array(values.where(values.notna(), "").map(str).to_numpy(dtype=object), dtype=object)


def pence(payments: pd.DataFrame) -> NDArray[np.int64]:
    """The amounts, credits negative.

    Examples
    --------
    >>> pence(pd.DataFrame({"amount": [5, -3]})).tolist()
    [5, -3]
    """
    return np.asarray(payments["amount"].to_numpy(dtype=np.int64), dtype=np.int64)
