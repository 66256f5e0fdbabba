"""The headline for a room: of each hundred of contracts, what goes to suppliers here."""

from __future__ import annotations

from typing import Final

from sim.report.findings.comparison import Compared
from sim.runs import statistics

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
        Rounded as the report rounds shares: ten pence of a hundred pounds are a tenth of a point.

    Examples
    --------
    >>> from sim.report.numbers import Amount
    >>> row = Compared("Share", "", Amount("share"), 0.168, 0.272, 0.104, 0.075, 0.133, "higher", 8)
    >>> plain_headline(row, "£").partition(": ")[2]
    '£10.40 more (95% interval £7.50 more to £13.30 more; 8 paired runs).'
    """
    here, before = (_money(part, symbol) for part in (row.value, row.reference))
    levels = f"Of each {symbol}100 of contracts, {here} goes to suppliers here, against {before} with business as usual"
    if row.pairs < 2:
        return f"{levels}: {_more(row.mean, symbol)} ({ONE_RUN})."
    interval = f"95% interval {_more(row.low, symbol)} to {_more(row.high, symbol)}; {row.pairs} paired runs"
    if row.decision in (statistics.HIGHER, statistics.LOWER):
        return f"{levels}: {_more(row.mean, symbol)} ({interval})."
    return f"{levels}: no difference that can be told from luck (measured {_more(row.mean, symbol)}; {interval})."


def _more(part: float, symbol: str) -> str:
    """A difference in words."""
    return f"{_money(abs(part), symbol)} {'less' if part < 0.0 else 'more'}"


def _money(part: float, symbol: str) -> str:
    """A part of one as money of a hundred."""
    return f"{symbol}{100.0 * part:,.1f}0"
