"""The month's rules on employment: what policies and shocks change in work and pay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass
class EmploymentRules:
    """What policies and shocks change in work and pay; every default leaves the month as it is without policies.

    What is given for each anchor or neighbourhood is None until a policy sets it.

    Attributes
    ----------
    recruitment_share : (anchors,) float64, share of vacancies first offered in the neighbourhoods below
    recruitment_cost : (anchors,) int64 pence for each person hired that way
    recruitment_neighbourhoods : (neighbourhoods,) bool
    training_share : (anchors,) float64, share of staff living in the place who are trained in a year, the lowest paid first
    training_cost : (anchors,) int64 pence for each person trained
    training_gain : (anchors,) float64, rise of hourly pay with training
    guaranteed_hours : (anchors,) float64, share of usual hours paid at least to staff whose hours vary
    accredited_share : float, share of firms in a year that become accredited living-wage employers
    """

    recruitment_share: Floats | None = None
    recruitment_cost: Integers | None = None
    recruitment_neighbourhoods: NDArray[np.bool_] | None = None
    training_share: Floats | None = None
    training_cost: Integers | None = None
    training_gain: Floats | None = None
    guaranteed_hours: Floats | None = None
    accredited_share: float = 0.0
