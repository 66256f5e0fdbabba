"""Values of coalitions to shares: for each seed the game, over seeds the mean and its interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.runs.explaining.coalitions import RECEIVED, Member
from sim.runs.explaining.explanation import WHOLE
from sim.runs.explaining.shapley import Game, mean_pence, whole_shares
from sim.runs.outcome import MeasureFacts
from sim.runs.statistics.differences import ROUNDING, Estimate, mean_intervals, paired_difference
from sim.runs.statistics.summary import facts_of

__all__ = ["Played", "play", "share_tables"]

#: Name of all local sectors together.
ALL: Final = "all"
HEAD: Final = ("measure", "title", "unit", "kind", "rule")
MEMBER: Final = ("member", "member_title")
ESTIMATED: Final = ("low", "high", "spread", "pairs", "missing", "p_value", "companion_low", "companion_high", "decision")


#: Columns of the tables of an explanation.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "shares": (*HEAD, *MEMBER, "share", "part", *ESTIMATED),
    "channels": ("channel", "sector", *MEMBER, "pence", "part", *ESTIMATED),
    "by_seed": ("seed", "measure", "member", "share", "pence"),
}


@dataclass(frozen=True)
class Played:
    """The games of all seeds.

    Parameters
    ----------
    measures : tuple of str
        Measures, the last axis of `shares` and `whole`.
    shares, whole : ndarray of float64, shapes (seeds, members, measures) and (seeds, measures)
        What each member made of the effect on each measure, and the whole effect.
    flows : tuple of (str, str)
        Channel and sector, the last axis of the numerators.
    numerators : ndarray of Python int, shape (seeds, members, flows)
        Exact shares in pence times the denominator.
    denominator : int
        The same for all seeds.
    """

    measures: tuple[str, ...]
    shares: NDArray[np.float64]
    whole: NDArray[np.float64]
    flows: tuple[tuple[str, str], ...]
    numerators: NDArray[Any]
    denominator: int


def play(frames: Mapping[int, pd.DataFrame], games: Mapping[int, Game], sets: Callable[[int], int], measures: Sequence[str]) -> Played:
    """Play the game of each seed.

    Parameters
    ----------
    frames : mapping of int to DataFrame
        By seed, the values of its coalitions, columns as in `sim.runs.explaining.coalitions.COLUMNS`.
    games : mapping of int to Game
        By seed.
    sets : callable
        From a set of members to the set of their uses of policies.
    measures : sequence of str
        Measures to share out.
    """
    received = sorted({str(name) for frame in frames.values() for name in frame["name"].unique() if str(name).startswith(RECEIVED)})
    cells = [tuple(name.removeprefix(RECEIVED).split("/", 1)) for name in received]
    channels = list(dict.fromkeys(channel for channel, _ in cells))
    flows = (*((channel, ALL) for channel in channels), *cells)
    shares, whole, numerators = [], [], []
    for seed, game in games.items():
        wanted = [sets(mask) for mask in game.coalitions]
        values = _matrix(frames[seed], wanted, measures, "value", np.nan)
        pence = _matrix(frames[seed], wanted, received, "pence", 0)
        by_channel = [pence[:, [at for at, cell in enumerate(cells) if cell[0] == channel]].sum(axis=1) for channel in channels]
        every = np.concatenate([np.array(by_channel, np.int64).reshape(len(channels), len(wanted)).T, pence], axis=1)
        shares.append(_told_from_rounding(game.shares(values), values))
        whole.append(_told_from_rounding(game.whole(values)[None, :], values)[0])
        numerators.append(game.numerators(every))
    denominator = next(iter(games.values())).denominator
    return Played(tuple(measures), np.array(shares), np.array(whole), flows, np.array(numerators, object), denominator)  # type: ignore[arg-type]


def _matrix(frame: pd.DataFrame, coalitions: Sequence[int], names: Sequence[str], column: str, nothing: float) -> NDArray[Any]:
    """Values of one seed, coalitions by names; what was not recorded is `nothing`."""
    unique = sorted(set(coalitions))
    row = pd.Index(unique).get_indexer(pd.Index(frame["coalition"]))
    place = pd.Index(names).get_indexer(pd.Index(frame["name"].astype(object))) if len(names) else np.full(len(frame), -1)
    fits = (row >= 0) & (place >= 0)
    values = np.full((len(unique), len(names)), nothing, np.float64 if column == "value" else np.int64)
    values[row[fits], place[fits]] = frame[column].to_numpy()[fits]
    result: NDArray[Any] = values[pd.Index(unique).get_indexer(pd.Index(coalitions))]
    return result


def _told_from_rounding(shares: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares with what rounding leaves of equal values set to nought."""
    smallest = ROUNDING * np.nan_to_num(np.abs(values)).max(axis=0, initial=0.0)
    return np.where(np.abs(shares) <= smallest, 0.0, shares)


def share_tables(
    played: Played, members: Sequence[Member], seeds: Sequence[int], facts: Mapping[str, MeasureFacts], titles: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """The tables of an explanation: shares, channels and by_seed, as `sim.runs.explaining.explanation.Explanation` holds them."""
    names = [*((member.name, member.title) for member in members), (WHOLE, "Whole effect")]
    shares = [
        {**head, "member": name, "member_title": title, **_estimated(values, played.whole[:, at])}
        for at, measure in enumerate(played.measures)
        for head in [_head(measure, facts_of(facts, measure), titles)]
        for (name, title), values in zip(names, [*played.shares[:, :, at].T, played.whole[:, at]], strict=True)
    ]
    channels, flows_by_seed = _channel_rows(played, names, seeds)
    by_seed = [
        {"seed": seed, "measure": measure, "member": name, "share": float(value), "pence": 0}
        for at, measure in enumerate(played.measures)
        for (name, _), values in zip(names, [*played.shares[:, :, at].T, played.whole[:, at]], strict=True)
        for seed, value in zip(seeds, values, strict=True)
    ]
    frames = {"shares": shares, "channels": channels, "by_seed": [*by_seed, *flows_by_seed]}
    return {name: pd.DataFrame(rows, columns=list(COLUMNS[name])) for name, rows in frames.items()}


def _head(measure: str, facts: MeasureFacts, titles: Mapping[str, str]) -> dict[str, str]:
    """What a reader must know of a measure."""
    return {"measure": measure, "title": titles.get(measure, measure), "unit": facts.unit, "kind": facts.kind, "rule": facts.summary}


def _estimated(values: NDArray[np.float64], whole: NDArray[np.float64]) -> dict[str, Any]:
    """Mean of a share over seeds, its interval, and its part of the whole effect."""
    estimate: Estimate = paired_difference(np.zeros(len(values)), values)
    total = float(np.nanmean(whole)) if np.isfinite(whole).any() else math.nan
    part = estimate.mean / total if total else math.nan
    return {"share": estimate.mean, "part": part, **{name: getattr(estimate, name) for name in ESTIMATED}}


def _untested(values: NDArray[np.float64], whole: NDArray[np.float64]) -> dict[str, Any]:
    """The same for one sector of a channel, of which there are many: the t interval, and no verdict."""
    mean, low, high, spread = (float(part[0]) for part in mean_intervals(values[:, None]))
    total = float(whole.mean())
    found = {"low": low, "high": high, "spread": spread, "pairs": len(values), "missing": 0, "decision": ""}
    return {**dict.fromkeys(ESTIMATED, math.nan), "share": mean, "part": mean / total if total else math.nan, **found}


def _channel_rows(
    played: Played, names: Sequence[tuple[str, str]], seeds: Sequence[int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Shares of what was received through each channel: over seeds, and seed by seed; all in whole pence that add up."""
    if not played.flows:
        return [], []
    mean = mean_pence(list(played.numerators), played.denominator)
    floats = played.numerators.astype(np.float64) / played.denominator
    rows, single = [], []
    for at, (channel, sector) in enumerate(played.flows):
        by_seed = np.array([whole_shares(numbers[:, at].tolist(), played.denominator) for numbers in played.numerators], np.int64)
        if not by_seed.any():
            continue
        whole = by_seed.sum(axis=1)
        shown = [*zip(mean[:, at], floats[:, :, at].T, by_seed.T, strict=True), (mean[:, at].sum(), whole.astype(np.float64), whole)]
        for (name, title), (pence, values, exact) in zip(names, shown, strict=True):
            head = {"channel": channel, "sector": sector, "member": name, "member_title": title, "pence": int(pence)}
            estimated = _estimated if sector == ALL else _untested
            rows.append(head | {key: value for key, value in estimated(values, whole.astype(np.float64)).items() if key != "share"})
            label = f"{RECEIVED}{channel}" + ("" if sector == ALL else f"/{sector}")
            single += [
                {"seed": seed, "measure": label, "member": name, "share": float(pennies), "pence": int(pennies)}
                for seed, pennies in zip(seeds, exact, strict=True)
            ]
    return rows, single
