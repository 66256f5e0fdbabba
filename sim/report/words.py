"""Sentences about differences, in plain words and never surer than the numbers."""

from __future__ import annotations

import math
from typing import Final

from sim.report.findings.comparison import Compared
from sim.report.numbers import Cell, change, level, text
from sim.runs import statistics

__all__ = ["difference_words", "finding", "footnotes", "interval_words", "lower_first", "measured_words", "unit_words", "verdict"]

#: First words that keep their capital within a sentence.
PROPER: Final = frozenset({"LM3", "Gini", "Palma", "Finn"})
WEAK_SIGN: Final = "*"
UNEVEN_SIGN: Final = "†"

VERDICTS: Final = {
    statistics.HIGHER: "Yes: higher",
    statistics.LOWER: "Yes: lower",
    statistics.IDENTICAL: "No change at all",
    statistics.NO_DIFFERENCE: "No",
    statistics.TOO_FEW: "Too few runs",
}
WEAK_NOTE: Final = (
    "* Taken alone this can be told from luck, but with so many measures compared some will look so by luck. "
    "It does not pass the stricter test that allows for their number (Holm 1979), so treat it as a hint."
)
UNEVEN_NOTE: Final = (
    "† The runs differ too unevenly for the usual interval to be relied on alone. A second, more careful interval was made; the wider "
    "ends are shown, and where the second could not be made from so few runs the answer is “No”."
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
    """The interval of a difference in words.

    Examples
    --------
    >>> from sim.report.numbers import Amount
    >>> told = Compared("Jobs", "jobs", Amount("count"), 10.0, 8.0, -2.0, -3.0, -1.0, "lower", 9)
    >>> interval_words(told)
    '95% interval 1.0 to 3.0'
    >>> unseen = Compared("Jobs", "jobs", Amount("count"), 10.0, 11.0, 1.0, -1.0, 3.0, statistics.NO_DIFFERENCE, 9)
    >>> interval_words(unseen)
    '95% interval 1.0 lower to 3.0 higher'
    """
    if not (math.isfinite(compared.low) and math.isfinite(compared.high)):
        return "no interval: that takes two runs or more"
    largest = widest(compared)
    if not compared.is_told:
        return f"95% interval {_sided(compared.low, compared, largest)} to {_sided(compared.high, compared, largest)}"
    ends = sorted((compared.low, compared.high), key=abs)
    sizes = [change(end, compared.amount, largest).shown.lstrip("+-") for end in ends]
    if sizes[1].endswith(" points"):
        sizes[0] = sizes[0].removesuffix(" points")
    return f"95% interval {sizes[0]} to {sizes[1]}"


def _sided(value: float, compared: Compared, largest: float) -> str:
    """A difference with its side in a word in place of a sign."""
    shown = change(value, compared.amount, largest).shown
    side = " lower" if shown.startswith("-") else " higher" if shown.startswith("+") else ""
    return shown.lstrip("+-") + side


def measured_words(compared: Compared) -> str:
    """A difference alone, with its side in a word.

    Examples
    --------
    >>> from sim.report.numbers import Amount
    >>> measured_words(Compared("Jobs", "jobs", Amount("count"), 10.0, 8.0, -2.0, -3.0, -1.0, "lower", 9))
    '2.0 lower'
    """
    return _sided(compared.mean, compared, widest(compared))


def widest(compared: Compared) -> float:
    """The largest of a difference and the ends of its interval."""
    return max(abs(part) for part in (compared.mean, compared.low, compared.high, 0.0) if math.isfinite(part))


def difference_words(compared: Compared, *, short: bool = False) -> str:
    """A difference with its interval and the number of runs; in short without the number of runs."""
    runs = f"{compared.pairs} paired run{'' if compared.pairs == 1 else 's'}"
    shown = measured_words(compared)
    if compared.decision == statistics.IDENTICAL:
        return f"exactly the same in all {runs}"
    if compared.decision == statistics.TOO_FEW:
        return f"{shown}, too few runs to tell from luck ({runs})"
    after = "" if short else f"; {runs}"
    if not compared.is_told:
        return f"no difference that can be told from luck (measured {shown}; {interval_words(compared)}{after})"
    hint = "; a hint only" if compared.weak else ""
    return f"{shown} ({interval_words(compared)}{after}{hint})"


def finding(compared: Compared, arm: str, reference: str) -> str:
    """What was found about one measure in one sentence.

    Parameters
    ----------
    compared : Compared
        The measure.
    arm, reference : str
        Titles of the two arms.

    Examples
    --------
    >>> from sim.report.numbers import Amount
    >>> row = Compared("Jobs", "jobs", Amount("count"), 10.0, 12.0, 2.0, 1.0, 3.0, "higher", 9)
    >>> finding(row, "Buy local", "As usual")
    'Jobs: 12 with “Buy local”, against 10 with “As usual”; 2.0 higher (95% interval 1.0 to 3.0; 9 paired runs).'
    """
    if compared.is_alone:
        return f"{compared.label}: {level(compared.value, compared.amount).shown} with “{arm}”."
    beside = max(abs(compared.value), abs(compared.reference)) if math.isfinite(compared.value) else math.nan
    values = [level(value, compared.amount, beside).shown for value in (compared.value, compared.reference)]
    return f"{compared.label}: {values[0]} with “{arm}”, against {values[1]} with “{reference}”; {difference_words(compared)}."
