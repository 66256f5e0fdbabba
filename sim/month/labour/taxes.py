"""Income tax and employees' contributions on a month's gross pay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.settings.parameters import Parameters

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class PayTaxes:
    """Thresholds in pence a month and rates."""

    allowance: float
    rate: float
    higher_threshold: float
    higher_rate: float
    contribution_threshold: float
    contribution_rate: float


def pay_taxes(parameters: Parameters, minor_units: int) -> PayTaxes:
    """The rates in force, thresholds turned from pounds a year into pence a month."""
    monthly = minor_units / 12.0
    return PayTaxes(
        parameters["work.tax_allowance"] * monthly,
        parameters["work.tax_rate"],
        parameters["work.higher_tax_threshold"] * monthly,
        parameters["work.higher_tax_rate"],
        parameters["work.contribution_threshold"] * monthly,
        parameters["work.contribution_rate"],
    )


def tax_on_pay(gross: Integers, taxes: PayTaxes) -> Integers:
    """Income tax and employees' contributions on gross pay, pence a month (n,), down to whole pence.

    Examples
    --------
    >>> rates = PayTaxes(1000.0, 0.2, 4000.0, 0.4, 500.0, 0.1)
    >>> tax_on_pay(np.array([400, 2000, 5000]), rates).tolist()
    [0, 350, 1450]
    """
    above = np.maximum(gross - taxes.allowance, 0.0)
    higher = np.maximum(gross - taxes.higher_threshold, 0.0)
    tax = taxes.rate * above + (taxes.higher_rate - taxes.rate) * higher
    tax = tax + taxes.contribution_rate * np.maximum(gross - taxes.contribution_threshold, 0.0)
    # Rates that add up to more than one take the whole and no more.
    result: Integers = np.minimum(np.floor(tax).astype(np.int64), gross)
    return result
