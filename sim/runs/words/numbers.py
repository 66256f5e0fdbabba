"""Numbers as a person reads them in a terminal."""

from __future__ import annotations

import math

__all__ = ["number_text", "period_words", "titled"]


def number_text(value: float, kind: str, symbol: str = "", *, signed: bool = False) -> str:
    """A number as a person reads it.

    Parameters
    ----------
    value : float
        The number.
    kind : str
        Kind of the measure: a share is shown in per cent, a difference of shares in percentage points.
    symbol : str
        Sign of the currency, for money.
    signed : bool
        Whether it is a difference.

    Examples
    --------
    >>> number_text(0.182, "share"), number_text(-0.021, "share", signed=True), number_text(1250300.4, "money", "£")
    ('18.2%', '-2.1 points', '£1,250,300')
    >>> number_text(1.2931, "ratio"), number_text(float("nan"), "ratio")
    ('1.293', '-')
    """
    if math.isnan(value):
        return "-"
    sign = "+" if signed and value > 0 else "-" if value < 0 else ""
    size = abs(value)
    if kind == "share":
        text = f"{size * 100:.1f}" + (" points" if signed else "%")
    elif kind == "money":
        text = f"{symbol}{size:,.0f}" if size >= 100 else f"{symbol}{size:,.2f}"
    elif kind in ("count", "months"):
        text = f"{size:,.1f}" if size < 10_000 else f"{size:,.0f}"
    else:
        text = f"{size:,.3f}" if size < 1000 else f"{size:,.0f}"
    return sign + text if any(digit in "123456789" for digit in text) else text


def period_words(unit: str, kind: str) -> str:
    """For which time a number is, where its unit says so; of money also what else stands behind it.

    Parameters
    ----------
    unit : str
        Unit of the measure.
    kind : str
        Its kind.

    Examples
    --------
    >>> period_words("pounds a month at base prices", "money"), period_words("firms a month", "count"), period_words("jobs", "count")
    ('a month at base prices', 'a month', '')
    """
    if kind == "money":
        return unit.removeprefix("pounds").strip()
    return "a month" if unit.endswith(" a month") else ""


def titled(title: str, unit: str, kind: str) -> str:
    """The title of a measure with the time that its numbers are for, where no unit stands beside them.

    Examples
    --------
    >>> titled("Cost of running policies", "pounds a month", "money"), titled("Jobs in the place", "jobs", "count")
    ('Cost of running policies, a month', 'Jobs in the place')
    """
    return ", ".join(filter(None, (title, period_words(unit, kind))))
