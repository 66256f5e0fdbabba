"""The headline for a room: of each hundred of contracts, what goes to suppliers here."""

from __future__ import annotations

from typing import Final

from sim.report.findings.comparison import Compared
from sim.runs.statistics import differences

__all__ = ["HEADLINE", "ONE_RUN", "plain_headline"]

#: The measure that the headline is about.
HEADLINE: Final = "retention_place/all"
ONE_RUN: Final = "one run: wait for more"


def plain_headline(row: Compared, symbol: str) -> str:
    """The share of contract money with suppliers in the place, as money of each hundred.

    Parameters
    ----------
    row : Compared
        The share with business as usual and with what was chosen, parts of one.
    symbol : str
        Of the currency.

    Returns
    -------
    str
        In whole pounds where the interval is wider than a pound to each side, else to ten pence; the difference is that of the levels
        as they are shown.

    Examples
    --------
    >>> from sim.report.numbers import Amount
    >>> row = Compared("Share", "", Amount("share"), 0.168, 0.272, 0.104, 0.075, 0.133, "higher", 8)
    >>> plain_headline(row, "£").partition(": ")[2]
    '£10 more (95% interval £8 more to £13 more; 8 paired runs).'
    >>> row = Compared("Share", "", Amount("share"), 0.2304, 0.5886, 0.3582, 0.3555, 0.3609, "higher", 8)
    >>> plain_headline(row, "£").partition(" (")[0].partition("contracts, ")[2]
    '£58.90 goes to suppliers here, against £23.00 with business as usual: £35.90 more'
    """
    digits = _digits(row)
    here, before = (_money(part, symbol, digits) for part in (row.value, row.reference))
    mean = round(100.0 * row.value, digits) / 100.0 - round(100.0 * row.reference, digits) / 100.0
    levels = f"Of each {symbol}100 of contracts, {here} goes to suppliers here, against {before} with business as usual"
    if row.pairs < 2:
        return f"{levels}: {_more(mean, symbol, digits)} ({ONE_RUN})."
    interval = f"95% interval {_more(row.low, symbol, digits)} to {_more(row.high, symbol, digits)}; {row.pairs} paired runs"
    if row.decision in (differences.HIGHER, differences.LOWER):
        return f"{levels}: {_more(mean, symbol, digits)} ({interval})."
    return f"{levels}: no difference that can be told from luck (measured {_more(mean, symbol, digits)}; {interval})."


def _digits(row: Compared) -> int:
    """Digits behind the pound that the interval allows; those of ten pence where the difference is less than a pound."""
    wide = row.pairs > 1 and 100.0 * (row.high - row.low) / 2.0 >= 1.0
    return 0 if wide and abs(100.0 * row.mean) >= 1.0 else 1


def _more(part: float, symbol: str, digits: int) -> str:
    """A difference in words."""
    return f"{_money(abs(part), symbol, digits)} {'less' if part < 0.0 else 'more'}"


def _money(part: float, symbol: str, digits: int) -> str:
    """A part of one as money of a hundred."""
    return f"{symbol}{100.0 * part:,.{digits}f}{'0' * digits}"
