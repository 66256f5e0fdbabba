"""Sentences about differences, in plain words and never surer than the numbers."""

from __future__ import annotations

import math
from typing import Final

from sim.report.findings.comparison import Compared
from sim.report.numbers import Cell, change, level, text
from sim.runs.statistics import differences
from sim.runs.statistics.hints import HINT_NOTE, HINT_SIGN, UNEVEN_SIGN

__all__ = [
    "HINT_SIGN",
    "SIGNS",
    "difference_words",
    "finding",
    "footnotes",
    "hint",
    "interval_words",
    "level_words",
    "lower_first",
    "measured_words",
    "unit_words",
    "verdict",
]

#: First words that keep their capital within a sentence.
PROPER: Final = frozenset({"LM3", "Gini", "Palma", "Finn"})

VERDICTS: Final = {
    differences.HIGHER: "Yes: higher",
    differences.LOWER: "Yes: lower",
    differences.IDENTICAL: "No change at all",
    differences.NO_DIFFERENCE: "No",
    differences.TOO_FEW: "Too few runs",
}
#: What the signs mean, told once before they are met.
SIGNS: Final = (
    "“Can be told from luck” means that the 95% interval of the difference leaves out nought. A star (*), or “a hint only” in a sentence: "
    "taken alone it can be told from luck, but with so many measures compared some will look so by luck, and it does not pass the "
    "stricter test that allows for their number (Holm 1979). All measures of this result are tested together; a sum, a group, a tenth "
    "or a payment is tested as one more among them. A dagger (†): the runs differ too unevenly for the usual interval to be relied on "
    "alone; a second, more careful interval was made, the wider ends are shown, and where the second could not be made from so few runs "
    "the answer is “No”. Differences are taken before rounding, so their last digit may differ from that of the levels beside them."
)
UNEVEN_NOTE: Final = "† The runs differ unevenly: the wider ends of two intervals are shown, and both must leave out nought."
HINT: Final = "a hint only"
#: What stands behind the side of a sum that is valued so.
AT_BASE: Final = " at base prices"
#: Words of a unit that still stand well between a number and its side.
FEW_WORDS: Final = 4


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
    signs = (HINT_SIGN if compared.weak else "") + (UNEVEN_SIGN if compared.uneven else "")
    return text(f"{words} {signs}".strip())


def footnotes(rows: list[Compared]) -> str:
    """The footnotes that a table of such rows needs."""
    notes = [HINT_NOTE] if any(row.weak for row in rows) else []
    return " ".join([*notes, UNEVEN_NOTE] if any(row.uneven for row in rows) else notes)


def hint(compared: Compared) -> str:
    """What goes behind the name of something that is told from luck, where it is a hint only."""
    return f" ({HINT})" if compared.weak else ""


def unit_near(unit: str, kind: str) -> str:
    """A unit as it stands right behind a number; empty for one that is too long for it, or that the number shows already.

    Examples
    --------
    >>> unit_near("jobs", "count"), unit_near("pounds a month", "money"), unit_near("share of contract spend", "share")
    (' jobs', ' a month', '')
    >>> unit_near("ratio to base price", "ratio")
    ''
    """
    if kind == "money":
        return unit.removeprefix("pounds").replace(AT_BASE, "")
    if kind in ("share", "points") or unit in ("", "no unit stated") or unit_far(unit, kind):
        return ""
    return f" {_first_part(unit)}"


def unit_far(unit: str, kind: str) -> str:
    """A unit that is no thing to be counted, or too long to stand between a number and its side, as it stands behind both.

    Examples
    --------
    >>> unit_far("ratio to base price", "ratio"), unit_far("index, 0 to 1", "index"), unit_far("jobs", "count")
    (' as a ratio to base price', ' on an index of 0 to 1', '')
    >>> unit_far("pounds for each pound of contracts", "ratio")
    ' in pounds for each pound of contracts'
    """
    if kind in ("money", "share", "points") or unit == "no unit stated":
        return AT_BASE if kind == "money" and AT_BASE in unit else ""
    for first, before in (("ratio", " as a "), ("index", " on an "), ("score", " on a ")):
        if unit.startswith(first):
            return before + unit.replace(", ", " of ")
    return f" in {_first_part(unit)}" if len(_first_part(unit).split()) > FEW_WORDS else ""


def _first_part(unit: str) -> str:
    """A unit without what explains it."""
    return unit.partition(";")[0].partition(",")[0]


def level_words(compared: Compared, value: float, beside: float | None = None) -> str:
    """A level with its unit.

    Examples
    --------
    >>> from sim.report.numbers import Amount
    >>> share = Compared("Share", "share of contract spend", Amount("share"), 0.1, 0.2, 0.1, 0.0, 0.2, "higher", 9)
    >>> level_words(share, 0.2)
    '20.0% of contract spend'
    >>> price = Compared("Price", "ratio to base price", Amount("ratio"), 1.0, 1.1, 0.1, 0.0, 0.2, "higher", 9)
    >>> level_words(price, 1.1)
    '1.10 (ratio to base price)'
    """
    shown, unit, kind = level(value, compared.amount, beside), compared.unit, compared.amount.kind
    if not shown.is_number:
        return shown.shown
    if kind == "share":
        return shown.shown + (unit.removeprefix("share") if unit.startswith("share") else "")
    if kind == "money":
        return shown.shown + unit.removeprefix("pounds")
    if unit_far(unit, kind).startswith(" in "):
        return f"{shown.shown} {_first_part(unit)}"
    return shown.shown + (f" ({unit})" if unit_far(unit, kind) else unit_near(unit, kind))


def interval_words(compared: Compared) -> str:
    """The interval of a difference in words; the difference beside it has the unit.

    Examples
    --------
    >>> from sim.report.numbers import Amount
    >>> told = Compared("Jobs", "jobs", Amount("count"), 10.0, 8.0, -2.0, -3.0, -1.0, "lower", 9)
    >>> interval_words(told)
    '95% interval 1.0 to 3.0'
    >>> unseen = Compared("Jobs", "jobs", Amount("count"), 10.0, 11.0, 1.0, -1.0, 3.0, differences.NO_DIFFERENCE, 9)
    >>> interval_words(unseen)
    '95% interval 1.0 lower to 3.0 higher'
    >>> every = Compared("Grant", "pounds", Amount("money"), 0.0, 20.0, 20.0, 20.0, 20.0, "higher", 9)
    >>> interval_words(every)
    'the same in all runs'
    """
    if not (math.isfinite(compared.low) and math.isfinite(compared.high)):
        return "no interval: that takes two runs or more"
    largest = widest(compared)
    if not compared.is_told:
        return f"95% interval {_sided(compared.low, compared, largest)} to {_sided(compared.high, compared, largest)}"
    ends = sorted((compared.low, compared.high), key=abs)
    sizes = [change(end, compared.amount, largest).shown.lstrip("+-") for end in ends]
    if sizes[0] == sizes[1]:
        return "the same in all runs" if math.isclose(*ends, rel_tol=1e-9) else f"95% interval, as rounded, {sizes[0]} at both ends"
    if sizes[1].endswith(" points"):
        sizes[0] = sizes[0].removesuffix(" points")
    return f"95% interval {sizes[0]} to {sizes[1]}"


def _sided(value: float, compared: Compared, largest: float, unit: str = "") -> str:
    """A difference with its side in a word in place of a sign; nought has no side."""
    shown = change(value, compared.amount, largest).shown
    side = " lower" if shown.startswith("-") else " higher" if shown.startswith("+") else ""
    return shown.lstrip("+-") + unit + side


def measured_words(compared: Compared) -> str:
    """A difference with its unit alone, its side in a word.

    Examples
    --------
    >>> from sim.report.numbers import Amount
    >>> measured_words(Compared("Jobs", "jobs", Amount("count"), 10.0, 8.0, -2.0, -3.0, -1.0, "lower", 9))
    '2.0 jobs lower'
    >>> measured_words(Compared("Price", "ratio to base price", Amount("ratio"), 1.0, 1.01, 0.01, 0.005, 0.015, "higher", 9))
    '0.010 higher as a ratio to base price'
    """
    return _beside_a_level(compared) + unit_far(compared.unit, compared.amount.kind)


def _beside_a_level(compared: Compared) -> str:
    """A difference beside a level, which has told the unit where it is a long one."""
    return _sided(compared.mean, compared, widest(compared), unit_near(compared.unit, compared.amount.kind))


def widest(compared: Compared) -> float:
    """The largest of a difference and the ends of its interval."""
    return max(abs(part) for part in (compared.mean, compared.low, compared.high, 0.0) if math.isfinite(part))


def difference_words(compared: Compared, *, short: bool = False, beside: bool = False) -> str:
    """A difference with its interval and the number of runs; in short without that number; beside a level without a long unit."""
    runs = f"{compared.pairs} paired run{'' if compared.pairs == 1 else 's'}"
    shown = _beside_a_level(compared) if beside else measured_words(compared)
    if compared.decision == differences.IDENTICAL:
        return f"exactly the same in all {runs}"
    if compared.decision == differences.TOO_FEW:
        return f"{shown}, too few runs to tell from luck ({runs})"
    after = "" if short else f"; {runs}"
    if not compared.is_told:
        return f"no difference that can be told from luck (measured {shown}; {interval_words(compared)}{after})"
    weak = f"; {HINT}" if compared.weak else ""
    return f"{shown} ({interval_words(compared)}{after}{weak})"


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
    'Jobs: 12 jobs with “Buy local”, against 10 with “As usual”; 2.0 jobs higher (95% interval 1.0 to 3.0; 9 paired runs).'
    """
    if compared.is_alone:
        return f"{compared.label}: {level_words(compared, compared.value)}{_of_the_level(compared)} with “{arm}”."
    beside = max(abs(compared.value), abs(compared.reference)) if math.isfinite(compared.value) else math.nan
    values = level_words(compared, compared.value, beside), level(compared.reference, compared.amount, beside).shown
    return f"{compared.label}: {values[0]} with “{arm}”, against {values[1]} with “{reference}”; {difference_words(compared, beside=True)}."


def _of_the_level(compared: Compared) -> str:
    """The interval of a level that stands alone; nothing where there is one run."""
    ends = [level(end, compared.amount, compared.value) for end in (compared.low, compared.high)]
    return f" (95% interval {ends[0].shown} to {ends[1].shown})" if all(end.is_number for end in ends) else ""
