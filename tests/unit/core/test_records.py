"""What a run hands out refuses matrices that can't be what they are called."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.records import FlowMatrix


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        (np.zeros((1, 2)), "a flow matrix holds int64 pence, not float64"),
        (np.zeros((2, 1), np.int64), r"a flow matrix of 1 rows and 2 columns can't hold an array of shape \(2, 1\)"),
    ],
)
def test_a_matrix_that_is_not_pence_or_does_not_fit_its_names_is_refused(pence: np.ndarray, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        FlowMatrix(("wages",), ("residents", "anchors"), pence)
