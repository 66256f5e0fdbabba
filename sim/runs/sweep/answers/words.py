"""What the tables say, in plain sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.runs.statistics.differences import CONFIDENCE
from sim.runs.sweep.answers.convergence import NARROW, seeds_needed, worst_half_width
from sim.runs.sweep.answers.decision import NO, OPEN, YES, Line
from sim.runs.sweep.answers.index import SHARES
from sim.runs.sweep.answers.luck import AGREEING, luck_of
from sim.runs.sweep.answers.sample import Sample
from sim.runs.sweep.answers.sensitivity import FEWEST_BLOCKS, leading, main_index
from sim.runs.sweep.answers.verdicts import ABOVE_ONE, FALLS, FEW_BLOCKS, FEW_SEEDS, LUCK, MATTERS, ONE_SEED, RISES, SAME
from sim.runs.words.numbers import number_text

__all__ = [
    "decision_sentence",
    "lost_sentence",
    "luck_sentence",
    "points_sentence",
    "seeds_sentence",
    "sensitivity_sentence",
    "tornado_sentence",
]

#: Things varied that a sentence names.
NAMED = 3
#: More than so many times the settings are not counted.
FAR = 20

MEANINGS: Mapping[str, str] = {
    "total": "share of the variance between settings in which {it} has a part, alone or through others (total order index)",
    "mu_star": "mean size of the change of the answer when {it} moves across its range (mu*)",
    "rbd_first": "share of the variance between settings that {it} makes by itself (first order index)",
}


def listed(names: list[str]) -> str:
    """Names in a sentence.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def lost_sentence(sample: Sample) -> str:
    """What was left out; empty where nothing was."""
    parts = []
    if sample.lost_points:
        block = {"sobol": " (whole blocks of the design)", "morris": " (whole trajectories)"}.get(sample.kind, "")
        parts.append(f"{sample.lost_points} setting{'s' if sample.lost_points > 1 else ''}{block}")
    if sample.lost_seeds:
        parts.append(f"{sample.lost_seeds} seed{'s' if sample.lost_seeds > 1 else ''}")
    if not parts:
        return ""
    left = f"{len(sample.points)} settings with {sample.values.shape[1]} seeds are left"
    return f"Left out, since runs failed, are still to come, or have no such measure: {listed(parts)}; {left}."


def luck_sentence(sample: Sample) -> str:
    """How much of what differs between settings is luck."""
    luck = luck_of(sample.values)
    if math.isnan(luck.spread):
        return "There is one setting, so nothing differs between settings."
    if luck.spread == 0.0:
        return "No visible change: the answer is the same at every setting."
    if math.isnan(luck.luck):
        return "With one seed, what the things varied do can't be told from luck; run two seeds or more, better ten."
    seeds = sample.values.shape[1]
    if luck.luck == 0.0 and seeds < AGREEING:
        return f"These {seeds} seeds agree in what differs between settings; that is no proof that others would."
    if luck.luck == 0.0:
        return f"Nothing of what differs between settings is luck, as far as {seeds} seeds show: each moves every setting alike."
    return f"{luck.share:.0%} of the variance between settings is luck that {seeds} seeds leave; what varies makes the rest."


def sensitivity_sentence(table: pd.DataFrame, measure: str, sample: Sample) -> str:
    """What matters most of all that varies."""
    index = main_index(list(table[table["measure"] == measure]["index"])) if len(table) else ""
    if not index:
        if sample.kind == "one-at-a-time":
            return "One thing at a time gives a tornado, not shares of variance; for these take a Sobol or Morris design."
        return "There are too few settings for indices."
    rows = leading(table, measure, index)
    if (rows["verdict"] == SAME).all():
        return "No visible change: nothing that varies moves the answer."
    matter = rows[rows["verdict"] == MATTERS]
    if sample.values.shape[1] < 2:
        return "With one seed it can't be told what matters and what only stirs the luck."
    if (rows["verdict"] == FEW_BLOCKS).any():
        return f"{sample.block_count} blocks of the design are too few to say what matters; {FEWEST_BLOCKS} or more are needed."
    beyond = list(rows[rows["verdict"] == ABOVE_ONE]["input"])
    if beyond:
        more = "More settings are needed before anything can be said to matter."
        return f"Shares of variance can't exceed 1, yet the whole interval does for {listed(beyond)}, so none is given. {more}"
    few = int((rows["verdict"] == FEW_SEEDS).sum())
    if few and not len(matter):
        return _few_seeds(sample)
    if not len(matter):
        return "Nothing that varies can be told from luck. More seeds or more settings may tell more."
    text = [f"{row['input']} ({_index_text(row)})" for _, row in matter.head(NAMED).iterrows()]
    words = f"The answer hangs most on {listed(text)}: {MEANINGS[index].format(it='it' if len(text) == 1 else 'each')}."
    others = [f"{len(matter) - NAMED} more matter" if len(matter) > NAMED else ""]
    unseen, same = int((rows["verdict"] == LUCK).sum()), int((rows["verdict"] == SAME).sum())
    others.append(f"{unseen} can't be told from luck" if unseen else "")
    others.append(f"{few} can't be told with so few seeds, which agree" if few else "")
    others.append(f"{same} {'change' if same > 1 else 'changes'} nothing" if same else "")
    rest = [part for part in others if part]
    return f"{words} Of the other things varied {listed(rest)}." if rest else words


def _few_seeds(sample: Sample) -> str:
    """What is said where a few seeds agree exactly."""
    return f"The {sample.values.shape[1]} seeds agree exactly, and so few can't tell what matters: run {AGREEING} or more."


def _index_text(row: pd.Series) -> str:
    """An index with its interval; a share that was estimated above one is said to be one, the most that it can be."""
    most = 1.0 if row["index"] in SHARES else math.inf
    value, low, high = (min(float(row[key]), most) for key in ("value", "low", "high"))
    return f"{value:.3g}, {low:.3g} to {high:.3g}"


def tornado_sentence(table: pd.DataFrame, facts: Mapping[str, str], sample: Sample) -> str:
    """What swings the answer most."""
    if not len(table):
        return "Nothing that varies has two ends to compare."
    seen = table[table["verdict"].isin([RISES, FALLS])]
    if not len(seen):
        if (table["verdict"] == SAME).all():
            return "No visible change: the answer is the same at both ends of everything that varies."
        if (table["verdict"] == ONE_SEED).all():
            return "With one seed no swing can be told from luck."
        if (table["verdict"] == FEW_SEEDS).any():
            return _few_seeds(sample)
        by_luck = (1.0 - CONFIDENCE) * len(table)
        return (
            f"Nothing that varies swings the answer by more than luck may: of {len(table)} thing{'s' * (len(table) != 1)} varied, about "
            f"{by_luck:.2g} would seem to move the answer by luck alone."
        )
    row = seen.iloc[0]
    ends = [number_text(float(row[key]), facts["kind"], facts["symbol"], signed=True) for key in ("swing", "swing_low", "swing_high")]
    word = "higher" if row["verdict"] == RISES else "lower"
    return (
        f"The widest swing is that of {row['input']}: at its high end the answer is {word} than at its low end by "
        f"{ends[0].lstrip('+-')} ({ends[1]} to {ends[2]})."
    )


def decision_sentence(table: pd.DataFrame, standing: pd.DataFrame, line: Line, sample: Sample) -> str:
    """At how many settings the decision stands, and what would change it."""
    shares = {row["stands"]: (int(row["points"]), float(row["share"])) for _, row in standing.iterrows()}
    words = [f"stands at {shares[YES][0]} of {len(sample.points)} settings ({shares[YES][1]:.0%})", f"does not at {shares[NO][0]}"]
    if shares.get(OPEN, (0, 0.0))[0]:
        words.append(f"can't be told from luck at {shares[OPEN][0]}")
    text = f"The decision (the answer lies {line.words}) {listed(words)}."
    if sample.values.shape[1] < 2:
        text += " With one seed luck is not in these numbers."
    if not len(table):
        return f"{text} There are too few settings to say what would change it."
    turning = table[table["switches_at"].notna() & ~table["words"].str.startswith("can't")]
    if len(turning):
        lines = [f"{row['input']} ({row['words']})" for _, row in turning.iterrows()]
        return f"{text} Within its range, it would be changed by {listed(lines[:NAMED])}{_more(len(lines))}."
    return f"{text} Nothing that varies changes it for certain by itself within its range."


def _more(count: int) -> str:
    """How many more there are than are named."""
    return f", and {count - NAMED} more" if count > NAMED else ""


def seeds_sentence(sample: Sample) -> str:
    """Whether there are enough seeds."""
    seeds = sample.values.shape[1]
    if seeds < 2:
        return "One seed says nothing about luck; run ten or more."
    if not np.abs(sample.values - sample.values[:, :1]).max() > 0.0:
        if seeds < AGREEING:
            return f"These {seeds} seeds agree at every setting; that is no proof that others would: run {AGREEING} or more."
        return (
            f"All {seeds} seeds give the same answer at every setting: no luck can be seen in it, and more seeds are unlikely to add any."
        )
    needed = seeds_needed(sample)
    tenth, nought = needed["tenth"], needed["nought"]
    if tenth is not None and seeds >= tenth:
        return f"{seeds} seeds are enough: at a typical setting half of the interval is less than a tenth of the effect."
    told = "no number of seeds that can be paid for" if nought is None else f"about {nought} seeds"
    narrow = "no number that can be paid for" if tenth is None else f"about {tenth}"
    if nought is not None and seeds >= nought:
        return f"{seeds} seeds tell the effect at a typical setting from nought; to know it to a tenth of itself {narrow} would be needed."
    return (
        f"{seeds} seeds are too few for a typical setting: to be likely (80 in 100) to tell its effect from nought takes {told}, "
        f"knowing it to a tenth {narrow}."
    )


def points_sentence(table: pd.DataFrame, sample: Sample, index: str) -> str:
    """Whether there are enough settings."""
    if not len(table):
        return (
            "" if sample.kind in ("grid", "one-at-a-time") else "There are too few settings to see whether more would change the indices."
        )
    whole = table[table["number"] == len(sample.points)]
    if whole["input"].nunique() < len(sample.names):
        return f"{len(sample.points)} settings are too few: the whole interval of a share of variance lies above 1."
    worst = worst_half_width(table, relative=index == "mu_star")
    unit = " of the largest" if index == "mu_star" else ""
    if 2.0 * worst <= NARROW:
        return f"{len(sample.points)} settings are enough: the widest interval of an index is {2.0 * worst:.2g}{unit}, less than {NARROW}."
    times = (2.0 * worst / NARROW) ** 2
    more = f"about {times:,.0f} times as many" if times <= FAR else "far more"
    return (
        f"{len(sample.points)} settings leave the widest interval of an index at {2.0 * worst:.2g}{unit}; for less than {NARROW} {more} "
        "settings would be needed (fewer where more seeds would do). Read the order of those whose intervals do not overlap, and no more."
    )
