"""What the page says of two arms: the numbers, words and intervals of the report, made by the functions of the report.

Series are measured as a full run measures them, become one number a seed, are compared and put in words by `sim.runs.statistics`
and `sim.report`. One thing differs: whether a difference that can be told from luck is a hint only depends on how many measures
are compared (Holm 1979), and the page compares fewer than the report.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.precarity import FIFTHS
from sim.page.state.page_state import POLICY, REFERENCE
from sim.page.view.plain_headline import HEADLINE, ONE_RUN, plain_headline
from sim.page.view.room_words import copy_words, room_words
from sim.page.work.runs import PAGE_MEASURES, ArmRun
from sim.report.comparison_table import level_cells
from sim.report.findings.comparison import Compared, compare_values
from sim.report.findings.receipts import receipts
from sim.report.findings.view import View
from sim.report.numbers import change
from sim.report.sections.cost import flow_sentences, price_sentences, programme_sentences, region_sentences, winner_words
from sim.report.sections.headline import headline_sentence
from sim.report.words import difference_words, measured_words, unit_words, widest
from sim.runs.outcome import MeasureFacts
from sim.runs.scenarios import known_measures
from sim.runs.statistics import differences
from sim.runs.statistics.summary import summary_of
from sim.runs.stored.result import Result
from sim.runs.words.headlines import headlines
from sim.runs.words.warnings import counted_warnings

if TYPE_CHECKING:
    from sim.settings.scenario import Scenario

__all__ = ["POLICY", "REFERENCE", "Pair", "page_view", "pairs_view"]

Floats = NDArray[np.float64]

DECISIONS: Final = {differences.HIGHER: "up", differences.LOWER: "down", differences.TOO_FEW: "few"}
WINNERS_OF_ONE: Final = "One run: wait for more before saying who receives more and who less."
#: Figures of a number that is drawn, not read.
DRAWN: Final = 6

Pair = tuple[ArmRun, ArmRun]


@dataclass(frozen=True)
class _PairsView(View):
    """The report's look at runs that were never written down as a result."""

    pairs: Mapping[int, Pair] = field(default_factory=dict)

    @cached_property
    def _wide(self) -> dict[tuple[str, str], Floats]:
        return _wide(self.pairs)

    @cached_property
    def series_names(self) -> frozenset[str]:
        """Every series that was recorded."""
        return frozenset(name for _, name in self._wide)

    @cached_property
    def _facts(self) -> dict[str, MeasureFacts]:
        return self.result.measures

    def facts(self, series: str) -> MeasureFacts:
        """What is known about a series."""
        return self._facts[series.partition("/")[0]]


def pairs_view(
    reference: Scenario, policy: Scenario, pairs: Mapping[int, Pair], measures: Mapping[str, MeasureFacts] | None = None
) -> View:
    """Runs as the report looks at them.

    Parameters
    ----------
    reference, policy : Scenario
        Both arms.
    pairs : mapping of int to (ArmRun, ArmRun)
        By seed: the run of the reference and that of the policy; at least one.
    measures : mapping, optional
        What is known about measures; those of the package when left out.
    """
    ordered = {seed: pairs[seed] for seed in sorted(pairs)}
    months = min(run.months for pair in ordered.values() for run in pair)
    facts = known_measures() if measures is None else measures
    wide = _wide(ordered)
    manifest = _manifest(reference, policy, list(ordered), months, {name for _, name in wide}, facts)
    tables = {"summary": summary_of(wide, (REFERENCE, POLICY), facts), "pound_flows": _received(ordered)}
    return _PairsView(Result(manifest, {}, {}, tables), pairs=ordered)


def _wide(pairs: Mapping[int, Pair]) -> dict[tuple[str, str], Floats]:
    """Every series of both arms as an array of seeds by months."""
    runs = {REFERENCE: [pair[0] for pair in pairs.values()], POLICY: [pair[1] for pair in pairs.values()]}
    return {(arm, name): np.array([run.series[name] for run in found]) for arm, found in runs.items() for name in sorted(found[0].series)}


def _manifest(
    reference: Scenario, policy: Scenario, seeds: Sequence[int], months: int, series: set[str], measures: Mapping[str, MeasureFacts]
) -> dict[str, Any]:
    """What a report asks of a result besides its tables."""
    place, recorded = reference.place, {name.partition("/")[0] for name in series}
    currency = {"code": place.currency.code, "symbol": place.currency.symbol, "minor_units": place.currency.minor_units}
    return {
        "place": {"name": place.name, "title": place.title, "invented": place.invented, "currency": currency},
        "start": str(reference.start),
        "months": months,
        "arms": [{"name": REFERENCE, "title": reference.title}, {"name": POLICY, "title": policy.title}],
        "seeds": {"requested": list(seeds), "done": list(seeds), "failed": []},
        "measures": {name: measures[name].as_dict() for name in sorted(recorded)},
        "headlines": headlines(sorted(series)),
    }


def _received(pairs: Mapping[int, Pair]) -> pd.DataFrame:
    """What each group received in the last year, one row for each arm, seed and group."""
    rows = [
        (arm, run.seed, "last year", "everyone", payee, pence)
        for pair in pairs.values()
        for arm, run in zip((REFERENCE, POLICY), pair, strict=True)
        for payee, pence in run.received.items()
    ]
    return pd.DataFrame(rows, columns=["arm", "seed", "period", "payer", "payee", "pence"])


def page_view(reference: Scenario, policy: Scenario, pairs: Mapping[int, Pair], of: int) -> dict[str, Any]:
    """What the page shows of the pairs that have ended, as plain values for JSON.

    Parameters
    ----------
    reference, policy : Scenario
        Both arms.
    pairs : mapping of int to (ArmRun, ArmRun)
        By seed; at least one.
    of : int
        Pairs that were asked for.
    """
    view = pairs_view(reference, policy, pairs)
    rows = view.several(POLICY, _in_order(view))
    names = [name for name in _in_order(view) if view.compared(POLICY, name) is not None]
    return {
        "kind": "view",
        "done": len(pairs),
        "of": of,
        "months": view.result.months,
        "start": view.result.manifest["start"],
        "headline": headline_sentence(view, POLICY),
        "plain": _for_a_room(view),
        "cost": _cost(view),
        "losers": _losers(view),
        "rows": [_row(name, row) for name, row in zip(names, rows, strict=True)],
        "series": _courses(view, names),
        "exact": _exact(view, pairs),
        "warnings": _warnings(pairs),
        "copy": copy_words(policy),
    }


def _for_a_room(view: View) -> str:
    """The headline for a room; the report's own where its measure was not recorded."""
    row = view.compared(POLICY, HEADLINE)
    return headline_sentence(view, POLICY) if row is None else plain_headline(row, view.amount("contract_spend").symbol)


def _in_order(view: View) -> list[str]:
    """Recorded series in the order of the page's measures."""
    order = []
    for asked in PAGE_MEASURES:
        name, _, key = asked.partition("/")
        order += [asked] if key or asked in view.series_names else [f"{name}/{each}" for each in sorted(view.keys(name), key=_place_of_key)]
    return view.recorded(order)


def _place_of_key(key: str) -> tuple[int, str]:
    """Where a series of a measure stands among the others: all, then fifths from the poorest to the richest, then by name.

    Examples
    --------
    >>> sorted(["second fifth", "all", "richest fifth", "poorest fifth"], key=_place_of_key)
    ['all', 'poorest fifth', 'second fifth', 'richest fifth']
    """
    order = ("all", *FIFTHS)
    return (order.index(key) if key in order else len(order), key)


def _cost(view: View) -> dict[str, Any]:
    """What running the policies costs: over the run in a sentence, and by the year."""
    years = view.result.months / 12
    sums = [view.values("policy_costs", arm).sum(axis=1) / years for arm in (REFERENCE, POLICY)]
    facts = view.facts("policy_costs")
    row = compare_values(facts.title, facts.unit.replace("month", "year"), view.amount("policy_costs"), sums[0], sums[1])
    sentence = " ".join(programme_sentences(view, POLICY))
    return {
        "sentence": sentence,
        "a_year": _difference(row),
        "more": _in_room_words(view, flow_sentences(view, POLICY, ("service_bought", "anchor_payroll", "government_balance"))),
    }


def _losers(view: View) -> list[str]:
    """Who lost and who gained, in the sentences of the report: neighbours and suppliers elsewhere, price, then all groups."""
    several = len(view.result.seeds) > 1
    losses = [*region_sentences(view, POLICY), *(sentence.strip() for sentence in price_sentences(view, POLICY))]
    found = [*losses, winner_words(receipts(view, POLICY), view.titles[POLICY])] if several else [WINNERS_OF_ONE, *losses]
    return _in_room_words(view, found)


def _in_room_words(view: View, sentences: Sequence[str]) -> list[str]:
    """Sentences that say "with what you chose" where the report names the plan."""
    return [room_words(sentence, view.titles[POLICY], view.titles[REFERENCE]) for sentence in sentences]


def _row(name: str, row: Compared) -> dict[str, Any]:
    """One measure of both arms with its difference and what it is worth."""
    before, after = level_cells(row)
    alone = row.pairs < 2
    return {
        "measure": name,
        "title": row.label,
        "unit": unit_words(row.unit, row.amount.kind, row.amount.symbol),
        "kind": row.amount.kind,
        REFERENCE: {"value": _plain(row.reference), "shown": before.shown},
        POLICY: {"value": _plain(row.value), "shown": after.shown},
        "difference": _difference(row),
        "decision": "few" if alone else DECISIONS.get(row.decision, "none"),
        "words": f"{measured_words(row)}; {ONE_RUN}" if alone else difference_words(row),
    }


def _difference(row: Compared) -> dict[str, Any]:
    """A paired difference with its interval; with one pair there is none."""
    has = math.isfinite(row.low) and math.isfinite(row.high)
    return {
        "mean": _plain(row.mean),
        "low": _plain(row.low),
        "high": _plain(row.high),
        "shown": change(row.mean, row.amount, widest(row)).shown,
        "interval": _signed_interval(row) if has else None,
    }


def _signed_interval(row: Compared) -> str:
    """The interval beside a signed difference: its ends have signs too."""
    low, high = (change(end, row.amount, widest(row)).shown for end in (row.low, row.high))
    return f"95% interval {low.removesuffix(' points')} to {high}"


def _courses(view: View, names: Sequence[str]) -> dict[str, dict[str, list[float | None]]]:
    """The months of each measure: both arms, and the interval of the mean difference laid on the reference.

    As `sim.runs.statistics.summary.monthly_difference` has them, all measures in one go.
    """
    before, after = (np.concatenate([view.values(name, arm) for name in names], axis=1) for arm in (REFERENCE, POLICY))
    apart = after - before
    exists = np.isfinite(apart)
    usual, chosen = (differences.mean_intervals(np.where(exists, values, np.nan))[0] for values in (before, after))
    _, low, high, _ = differences.mean_intervals(apart)
    lines = {REFERENCE: usual, POLICY: chosen, "low": usual + low, "high": usual + high}
    months = view.result.months
    return {
        name: {line: _drawn(values[place * months : (place + 1) * months]) for line, values in lines.items()}
        for place, name in enumerate(names)
    }


def _exact(view: View, pairs: Mapping[int, Pair]) -> dict[str, Any]:
    """Whole pence of the last month of the first pair, for every measure in money."""
    seed = min(pairs)
    names = [name for name in _in_order(view) if view.facts(name).kind == "money"]
    found = [
        {name: round(float(run.series[name][-1]) * view.minor_units) for name in names if math.isfinite(run.series[name][-1])}
        for run in pairs[seed]
    ]
    return {"seed": seed, REFERENCE: found[0], POLICY: found[1]}


def _warnings(pairs: Mapping[int, Pair]) -> list[dict[str, str]]:
    """What runs of the policy warned of that the paired runs of the reference did not, each once, with runs and months."""
    usual, chosen = ({seed: pair[arm].warnings for seed, pair in pairs.items()} for arm in (0, 1))
    return [{"words": f"{one.words[:1].upper()}{one.words[1:]},", "runs": f"{one.where}."} for one in counted_warnings(chosen, usual)]


def _plain(value: float) -> float | None:
    """A number as JSON knows it: none where it is not a number."""
    return float(value) if math.isfinite(value) else None


def _drawn(values: Floats) -> list[float | None]:
    """Numbers for a drawing, in as many figures as an eye can need."""
    return [float(f"{value:.{DRAWN}g}") if math.isfinite(value) else None for value in values.tolist()]
