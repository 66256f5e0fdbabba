"""Sentences about differences, in plain words and never surer than the numbers."""

from __future__ import annotations

import math
from typing import Final

from sim.report.findings.comparison import Compared
from sim.report.numbers import Cell, change, level, text
from sim.runs import statistics

__all__ = ["difference_words", "finding", "footnotes", "interval_words", "lower_first", "unit_words", "verdict"]

#: First words that keep their capital within a sentence.
PROPER: Final = frozenset({"LM3", "Gini", "Palma", "Finn"})
WEAK_SIGN: Final = "*"
UNEVEN_SIGN: Final = "†"

VERDICTS: Final = {
    statistics.HIGHER: "Yes: higher",
    statistics.LOWER: "Yes: lower",
    statistics.IDENTICAL: "No change at all",
    statistics.NO_DIFFERENCE: "No difference that can be told from luck",
    statistics.TOO_FEW: "Too few runs to tell",
}
WEAK_NOTE: Final = (
    "* Taken alone this can be told from luck, but with so many measures compared some will look so by luck. "
    "It does not pass the stricter test that allows for their number (Holm 1979), so treat it as a hint."
)
UNEVEN_NOTE: Final = (
    "† The runs differ too unevenly for the usual interval to be relied on alone. A second, more careful interval was made; the wider "
    "ends are shown, and where the second could not be made from so few runs the answer is “can't be told”."
)


def lower_first(words: str) -> str:
    """A title as it stands within a sentence.

    Examples
    --------
    >>> lower_first("Jobs in the place"), lower_first("Gini of usual income")
    ('jobs in the place', 'Gini of usual income')
    """
    first = words.split(" ", 1)[0]
    return words if first in PROPER or (len(first) > 1 and first.isupper()) else words[:1].lower() + words[1:]


def unit_words(unit: str, kind: str, symbol: str) -> str:
    """A unit as a reader sees it.

    Examples
    --------
    >>> unit_words("share of contract spend", "share", "£"), unit_words("pounds a month", "money", "£"), unit_words("jobs", "count", "£")
    ('% of contract spend', '£ a month', 'jobs')
    """
    if kind == "share":
        return "%" + unit.removeprefix("share") if unit.startswith("share") else f"% ({unit})"
    if kind == "money" and unit.startswith("pounds"):
        return symbol + unit.removeprefix("pounds")
    return unit


def verdict(compared: Compared) -> Cell:
    """Whether a difference can be told from luck, with the signs of the footnotes."""
    words = VERDICTS.get(compared.decision, compared.decision)
    signs = (WEAK_SIGN if compared.weak else "") + (UNEVEN_SIGN if compared.uneven else "")
    return text(f"{words} {signs}".strip())


def footnotes(rows: list[Compared]) -> str:
    """The footnotes that a table of such rows needs."""
    notes = [WEAK_NOTE] if any(row.weak for row in rows) else []
    return " ".join([*notes, UNEVEN_NOTE] if any(row.uneven for row in rows) else notes)


def interval_words(compared: Compared) -> str:
    """The interval of a difference in words."""
    if not (math.isfinite(compared.low) and math.isfinite(compared.high)):
        return "no interval: that takes two runs or more"
    largest = widest(compared)
    ends = [change(end, compared.amount, largest).shown for end in (compared.low, compared.high)]
    shared = " points"
    if all(end.endswith(shared) for end in ends):
        ends[0] = ends[0].removesuffix(shared)
    return f"95% interval {ends[0]} to {ends[1]}"


def widest(compared: Compared) -> float:
    """The largest of a difference and the ends of its interval."""
    return max(abs(part) for part in (compared.mean, compared.low, compared.high, 0.0) if math.isfinite(part))


def difference_words(compared: Compared) -> str:
    """A difference with its interval and the number of runs."""
    runs = f"{compared.pairs} paired run{'' if compared.pairs == 1 else 's'}"
    shown = change(compared.mean, compared.amount, widest(compared)).shown
    if compared.decision == statistics.IDENTICAL:
        return f"exactly the same in all {runs}"
    if compared.decision == statistics.TOO_FEW:
        return f"{shown}, too few runs to tell from luck ({runs})"
    if not compared.is_told:
        return f"no difference that can be told from luck (measured {shown}; {interval_words(compared)}; {runs})"
    side = "higher" if compared.mean > 0 else "lower"
    size = shown.lstrip("+-")
    hint = "; a hint only, see the note below the table" if compared.weak else ""
    return f"{size} {side} ({interval_words(compared)}; {runs}{hint})"


def finding(compared: Compared, arm: str, reference: str) -> str:
    """What was found about one measure in one sentence.

    Parameters
    ----------
    compared : Compared
        The measure.
    arm, reference : str
        Titles of the two arms.
    """
    name = lower_first(compared.label)
    if compared.is_alone:
        return f"With {arm}, {name} was {level(compared.value, compared.amount).shown}."
    beside = max(abs(compared.value), abs(compared.reference)) if math.isfinite(compared.value) else math.nan
    values = [level(value, compared.amount, beside).shown for value in (compared.value, compared.reference)]
    return f"With “{arm}”, {name} was {values[0]}, against {values[1]} with “{reference}”: {difference_words(compared)}."
