"""What would change the decision: where, along each input, the answer crosses the line that the decision rests on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.runs.statistics.differences import mean_intervals
from sim.runs.sweep.answers.curve import Curve, curve_of, fit_of
from sim.runs.sweep.answers.luck import AGREEING, ROUNDING
from sim.runs.sweep.answers.sample import Sample

__all__ = ["COLUMNS", "NO", "OPEN", "YES", "Line", "decision_table", "points_beyond", "short"]

Floats = NDArray[np.float64]

COLUMNS: Final = ("input", "holds_at_low", "holds_at_usual", "holds_at_high", "switches_at", "low", "high", "words")
YES: Final = "yes"
NO: Final = "no"
OPEN: Final = "can't be told from luck"
UNKNOWN: Final = "not known"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that an answer must lie above, or below.

    Parameters
    ----------
    value : float
        Where it is.
    above : bool
        Whether the answer must lie above it.
    """

    value: float
    above: bool

    def margin(self, answers: Floats) -> Floats:
        """By how much answers are on the right side; below nought on the wrong one.

        Examples
        --------
        >>> Line(10.0, above=False).margin(np.array([8.0, 12.0])).tolist()
        [2.0, -2.0]
        """
        result: Floats = answers - self.value if self.above else self.value - answers
        return result

    @property
    def words(self) -> str:
        """In words.

        Examples
        --------
        >>> Line(0.0, above=True).words
        'above 0'
        """
        return f"{'above' if self.above else 'below'} {short(self.value)}"


def short(value: float) -> str:
    """A value of an input as people write it, to three digits.

    Examples
    --------
    >>> short(0.12345), short(1234567.0), short(2000.0)
    ('0.123', '1,230,000', '2,000')
    """
    if value == 0.0 or not math.isfinite(value):
        return f"{value:g}"
    digits = 2 - math.floor(math.log10(abs(value)))
    rounded = round(value, digits)
    return f"{rounded:,.{max(digits, 0)}f}".rstrip("0").rstrip(".") if digits > 0 else f"{rounded:,.0f}"


def decision_table(sample: Sample, line: Line) -> pd.DataFrame:
    """For each input: does the decision stand at its ends and at its usual value, and at which value does it change?

    Parameters
    ----------
    sample : Sample
        Points and answers.
    line : Line
        What the decision rests on.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`. `switches_at` is where the curve of the answer crosses the line, nearest to the usual value; not a number where
        it never does. `low` and `high` end the values about there at which the 95% interval of the answer holds the line, and so at which
        the decision can't be told; an end of the range where they reach it.

    Notes
    -----
    The interval of the switch is the band of the curve read across, as in inverse regression (Fieller, *Journal of the Royal Statistical
    Society* B 16, 1954).

    Examples
    --------
    >>> from sim.runs.sweep.answers.sample import sample_of
    >>> points = np.linspace(0.0, 1.0, 5)[:, None]
    >>> sample = sample_of(["x"], points, 4.0 * points - 1.0 + np.array([-0.01, 0.0, 0.01]), "grid")
    >>> row = decision_table(sample, Line(0.0, above=True)).iloc[0]
    >>> row["holds_at_low"], row["holds_at_high"], round(float(row["switches_at"]), 3), row["words"]
    ('no', 'yes', 0.25, 'stands above 0.25 (0.244 to 0.256), not below')
    """
    rows, fit = [], fit_of(sample)
    for place, name in enumerate(sample.names):
        curve = curve_of(sample, place, fit)
        if curve is not None:
            rows.append(_row(name, _careful(curve, sample, line), line, float(sample.usual[place])))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _careful(curve: Curve, sample: Sample, line: Line) -> Curve:
    """The curve, with intervals that reach across the line where fewer than `AGREEING` seeds agree exactly."""
    seeds = sample.values.shape[1]
    return Curve(curve.at, curve.value, _reaching(curve.half, line.margin(curve.value), sample.values, seeds)) if seeds > 1 else curve


def _reaching(half: Floats, margin: Floats, values: Floats, seeds: int) -> Floats:
    """Half intervals; where few seeds agree exactly, wide enough to hold the line.

    Examples
    --------
    >>> _reaching(np.array([0.0, 0.5]), np.array([1.0, 1.0]), np.ones((2, 2)), 2).tolist()
    [3.0, 3.0]
    """
    if seeds >= AGREEING:
        return half
    rounding = ROUNDING * np.abs(values).max()
    agree = (half <= rounding) | (np.ptp(values, axis=1).max() <= rounding)
    return np.where(agree, 2.0 * np.abs(margin).max() + 1.0, half)


def _row(name: str, curve: Curve, line: Line, usual: float) -> tuple[str | float, ...]:
    """One input."""
    margin = line.margin(curve.value)
    at = [float(curve.at[0]), usual, float(curve.at[-1])]
    stands = [_holds(float(np.interp(where, curve.at, margin)), curve.near(where)[1]) for where in at]
    switches = _switches(curve.at, margin)
    if not switches:
        return (name, *stands, math.nan, math.nan, math.nan, _never_words(margin, curve.half))
    near = usual if math.isfinite(usual) else at[0]
    switch = min(switches, key=lambda where: abs(where - near))
    low, high = _around(curve, margin, switch)
    return (name, *stands, switch, low, high, _switch_words(curve, margin, switches, (switch, low, high)))


def _holds(margin: float, half: float) -> str:
    """Whether a margin is beyond doubt."""
    if not (math.isfinite(margin) and math.isfinite(half)):
        return UNKNOWN
    if half == 0.0:
        return YES if margin > 0.0 else NO
    return YES if margin - half > 0.0 else NO if margin + half < 0.0 else OPEN


def _switches(at: Floats, margin: Floats) -> list[float]:
    """Where the margin changes its sign.

    Examples
    --------
    >>> _switches(np.array([0.0, 1.0, 2.0]), np.array([-1.0, 1.0, 3.0]))
    [0.5]
    """
    here, there = margin[:-1], margin[1:]
    places = np.flatnonzero((here > 0.0) != (there > 0.0))
    share = here[places] / (here[places] - there[places])
    return [float(value) for value in at[places] + share * (at[places + 1] - at[places])]


def _around(curve: Curve, margin: Floats, switch: float) -> tuple[float, float]:
    """Ends of the values about a switch at which the interval of the answer holds the line."""
    if np.isnan(curve.half).any():
        return math.nan, math.nan
    clear = np.abs(margin) - curve.half
    at_switch = -float(np.interp(switch, curve.at, curve.half))
    low = _edge(curve.at, clear, switch, at_switch)
    return low, -_edge(-curve.at[::-1], clear[::-1], -switch, at_switch)


def _edge(at: Floats, clear: Floats, switch: float, at_switch: float) -> float:
    """The nearest value below a switch at which the line is just clear of the interval; the first value where it never is."""
    sure = np.flatnonzero((at < switch) & (clear > 0.0))
    if not len(sure):
        return float(at[0])
    last = int(sure[-1])
    beside, there = (at[last + 1], clear[last + 1]) if at[last + 1] < switch else (switch, at_switch)
    return float(at[last] + clear[last] / (clear[last] - there) * (beside - at[last]))


def _never_words(margin: Floats, half: Floats) -> str:
    """Words for an input along which the answer never crosses the line."""
    stands = "stands" if margin[0] > 0.0 else "does not stand"
    if np.isnan(half).any():
        return f"{stands} over its whole range with this one seed; how far luck moves it is not known"
    if ((np.abs(margin) > half) | (half == 0.0)).all():
        return f"{stands} over its whole range: no value within it changes that"
    if (np.abs(margin) <= half).all():
        return "can't be told from luck at any value within its range"
    return f"{stands} over its whole range, but at some values that can't be told from luck"


def _switch_words(curve: Curve, margin: Floats, switches: list[float], where: tuple[float, float, float]) -> str:
    """Words for a switch."""
    switch, low, high = where
    beyond = min(int(np.searchsorted(curve.at, switch, side="right")), len(margin) - 1)
    stands, falls = ("above", "below") if margin[beyond] > 0.0 else ("below", "above")
    text = f"stands {stands} {short(switch)}"
    if math.isnan(low):
        return f"{text}, not {falls}, with this one seed; how far luck moves it is not known"
    if low <= curve.at[0] and high >= curve.at[-1]:
        return "can't be told from luck at any value within its range"
    text += f" ({short(low)} to {short(high)}), not {falls}"
    return f"{text}; crosses the line {len(switches)} times" if len(switches) > 1 else text


def points_beyond(sample: Sample, line: Line) -> pd.DataFrame:
    """At how many points the decision stands: surely, surely not, or not to be told.

    Returns
    -------
    DataFrame
        stands ("yes", "no", "can't be told from luck"), points, share. A point is sure when the 95% interval of its mean over seeds (paired
        t) lies on one side of the line. Two to four seeds that agree exactly leave it open.

    Examples
    --------
    >>> from sim.runs.sweep.answers.sample import sample_of
    >>> sample = sample_of(["x"], np.zeros((3, 1)), np.array([[1.0, 1.1], [-1.0, 2.0], [-1.0, -1.1]]))
    >>> points_beyond(sample, Line(0.0, above=True))["points"].tolist()
    [1, 1, 1]
    """
    mean, low, high, _ = mean_intervals(line.margin(sample.values).T)
    half = _reaching((high - low) / 2.0, mean, sample.values, sample.values.shape[1])
    words = [_holds(float(value), float(reach)) for value, reach in zip(mean, half, strict=True)]
    kinds = (YES, NO, OPEN) if sample.values.shape[1] > 1 else (YES, NO)
    if sample.values.shape[1] < 2:
        words = [YES if value > 0.0 else NO for value in mean]
    counts = [words.count(kind) for kind in kinds]
    return pd.DataFrame({"stands": kinds, "points": counts, "share": [count / max(len(words), 1) for count in counts]})
