"""Scenario discovery: in which boxes of inputs does the policy fail?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from sim.runs.sweep.answers import trees
from sim.runs.sweep.answers.boxes import Box, chance_without, coverage, density, is_in, trimmed
from sim.runs.sweep.answers.decision import NO, OPEN, YES, Line, points_beyond, short
from sim.runs.sweep.answers.groups import contrast
from sim.runs.sweep.answers.luck import agree_by_chance, chance_above
from sim.runs.sweep.answers.sample import Sample

__all__ = ["COLUMNS", "Discovery", "discovery_of"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

COLUMNS: Final = (
    "box",
    "input",
    "low",
    "high",
    "coverage",
    "density",
    "cases",
    "failures",
    "base_rate",
    "lift",
    "chance",
    "held_out_density",
    "p_value",
)
#: A tree that chance gives this often shows nothing.
FALSE_CLAIMS: Final = 0.05
#: Parts of the points for the held-out check.
FOLDS: Final = 5
#: Fewer failures, or fewer points that do not fail, are too few to look for boxes.
FEWEST: Final = 10


@dataclass(frozen=True)
class Discovery:
    """What was found.

    Parameters
    ----------
    table : DataFrame
        Columns `COLUMNS`, a row for each limit of each box: `low` and `high` of the input in the box, coverage and density of the box (each
        box by itself), points in it and failures among them, the share of all points that fail and how many times that the density is,
        the chance of the limit meaning nothing, the density on points that the box was not made from, and the chance of the whole tree.
    words : str
        What it says.
    """

    table: pd.DataFrame
    words: str


def discovery_of(sample: Sample, line: Line) -> Discovery:
    """Boxes of inputs in which the policy fails.

    Parameters
    ----------
    sample : Sample
        Points and answers.
    line : Line
        The policy fails at a point where the mean answer over seeds lies beyond this.

    Notes
    -----
    In two steps, as Bryant and Lempert (*Technological Forecasting and Social Change* 77, 2010): boxes are found by an algorithm, here a
    small decision tree, then judged by coverage, density and how few limits they need; limits that chance would give as well are
    dropped. Three guards stand against boxes in noise. Failures dealt to the points at random must rarely give so good a tree. The
    answer in a box must differ from that outside it by more than the luck of the seeds, which may run with an input. And the density
    is told for points held out of the search (each fifth of the blocks in turn, the tree grown from the others).
    """
    nothing = pd.DataFrame([], columns=list(COLUMNS))
    failed: Flags = line.margin(sample.means) > 0.0
    hits, count = int(failed.sum()), len(failed)
    fails = _fails(sample, line, hits)
    if hits in (0, count):
        return Discovery(nothing, fails)
    if min(hits, count - hits) < FEWEST:
        rare = "failures" if hits < FEWEST else "settings without failure"
        return Discovery(nothing, f"{fails} That is too few {rare} to look for boxes; {FEWEST} are needed.")
    if not trees.is_installed():
        return Discovery(nothing, f"{fails} {trees.HOW_TO_INSTALL}.")
    return _searched(sample, failed, line, fails)


def _fails(sample: Sample, line: Line, hits: int) -> str:
    """At how many points the policy fails by the mean over seeds, and at how many it surely does or does not."""
    table, count = points_beyond(sample, line), len(sample.points)
    sure = {str(row["stands"]): int(row["points"]) for _, row in table.iterrows()}
    on_it = int((line.margin(sample.means) == 0.0).sum())
    if hits == 0:
        whole = "The policy fails nowhere: at" if sure[NO] == count else "At"
        words = f"{whole} none of {count} settings does the mean over seeds lie {line.words}"
    elif hits == count:
        whole = "The policy fails everywhere: at" if sure[YES] == count else "At"
        words = f"{whole} all {count} settings the mean over seeds lies {line.words}"
    else:
        words = f"The policy fails (the mean over seeds lies {line.words}) at {hits} of {count} settings ({hits / count:.0%})"
    if OPEN not in sure:
        words += "; with one seed how far luck moves that is not known"
    elif sure[OPEN] or hits not in (0, count):
        words += f": surely at {sure[YES]}, surely not at {sure[NO]}, and at {sure[OPEN]} it can't be told from luck"
    return f"{words}." + (f" At {on_it} the mean lies exactly on the line, which is no failure." if on_it else "")


def _searched(sample: Sample, failed: Flags, line: Line, fails: str) -> Discovery:
    """Boxes of a tree, if it is better than chance."""
    nothing = pd.DataFrame([], columns=list(COLUMNS))
    p_value = trees.chance_of_tree(sample.points, failed)
    if p_value > FALSE_CLAIMS:
        return Discovery(
            nothing, f"{fails} No box of settings can be told from chance: failures at random give as good a one in {p_value:.0%}."
        )
    found = _boxes(sample.points, failed)
    if not found:
        return Discovery(nothing, f"{fails} No box of settings is left when limits that chance would give as well are dropped.")
    boxes = [box for box in found if _is_beyond_luck(sample, is_in(box, sample.points), line)]
    if not boxes:
        return Discovery(nothing, f"{fails} No box of settings can be told from the luck of the seeds.")
    held_out = _held_out_density(sample, failed)
    rows = [row for number, box in enumerate(boxes, 1) for row in _rows(number, box, sample, failed, (held_out, p_value))]
    return Discovery(pd.DataFrame(rows, columns=list(COLUMNS)), f"{fails} {_words(sample, boxes, failed, held_out)}")


def _boxes(points: Floats, failed: Flags) -> list[Box]:
    """Trimmed boxes of a tree in which surely more fail than in all points, none within another."""
    base_rate = float(failed.mean())
    found: list[Box] = []
    for leaf in trees.failing_boxes(trees.grown(points, failed), base_rate):
        box = trimmed(leaf, points, failed)
        inside = is_in(box, points)
        by_chance = special.bdtrc(int((inside & failed).sum()) - 1, int(inside.sum()), base_rate)
        within = any((inside <= is_in(other, points)).all() for other in found)
        if box.limits and by_chance <= FALSE_CLAIMS and not within:
            found = [other for other in found if not (is_in(other, points) <= inside).all()] + [box]
    return found


def _is_beyond_luck(sample: Sample, inside: Flags, line: Line) -> bool:
    """Whether the answer in a box lies further beyond the line than outside it, by more than luck; with one seed that is not known."""
    if sample.values.shape[1] < 2:
        return True
    apart, unsure = contrast(sample, [(1.0, inside), (-1.0, ~inside)])
    return chance_above(apart if line.above else -apart, unsure) <= FALSE_CLAIMS


def _held_out_density(sample: Sample, failed: Flags) -> float:
    """Share of failures among points that fall into boxes made without them; not a number when none does."""
    fold = sample.blocks % FOLDS
    inside = np.zeros(len(failed), bool)
    for number in range(FOLDS):
        rest, own = fold != number, fold == number
        if failed[rest].any() and not failed[rest].all():
            for box in _boxes(sample.points[rest], failed[rest]):
                inside[own] |= is_in(box, sample.points[own])
    return density(inside, failed)


def _rows(number: int, box: Box, sample: Sample, failed: Flags, checks: tuple[float, float]) -> list[tuple[int | float | str, ...]]:
    """A row for each limit of a box."""
    inside, base_rate = is_in(box, sample.points), float(failed.mean())
    share = density(inside, failed)
    facts = (coverage(inside, failed), share, int(inside.sum()), int((inside & failed).sum()), base_rate, share / base_rate)
    rows: list[tuple[int | float | str, ...]] = []
    for place, (low, high) in sorted(box.limits.items()):
        ends = (max(low, float(sample.low[place])), min(high, float(sample.high[place])))
        chance = chance_without(box, place, sample.points, failed)
        rows.append((number, sample.names[place], *ends, *facts, chance, *checks))
    return rows


def _words(sample: Sample, boxes: list[Box], failed: Flags, held_out: float) -> str:
    """The boxes in words, and how good they are together."""
    base_rate = float(failed.mean())
    told = []
    for box in boxes:
        inside = is_in(box, sample.points)
        limits = " and ".join(_limit(sample, place, ends) for place, ends in sorted(box.limits.items()))
        told.append(f"{limits} ({density(inside, failed):.0%} of settings fail, {coverage(inside, failed):.0%} of all failures)")
    together = np.any([is_in(box, sample.points) for box in boxes], axis=0)
    text = f"It fails where {'; or where '.join(told)}."
    if sample.values.shape[1] < 2 or agree_by_chance(sample.values):
        few = "one seed" if sample.values.shape[1] < 2 else f"{sample.values.shape[1]} seeds that agree"
        text += f" With {few}, luck that runs with what varies would look the same."
    if len(boxes) > 1:
        text += f" Together the boxes hold {coverage(together, failed):.0%} of all failures."
    if math.isnan(held_out):
        return text + " On settings held out of the search nothing could be checked."
    better = "" if held_out > base_rate else ", no better than anywhere: do not rely on them"
    return f"{text} On settings held out of the search, {held_out:.0%} of those in the boxes fail, against {base_rate:.0%} of all{better}."


def _limit(sample: Sample, place: int, ends: tuple[float, float]) -> str:
    """Limits of an input in words."""
    name, (low, high) = sample.names[place], ends
    if math.isinf(low):
        return f"{name} is up to {short(high)}"
    return f"{name} is above {short(low)}" if math.isinf(high) else f"{name} is between {short(low)} and {short(high)}"
