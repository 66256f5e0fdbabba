"""After a shock: how deep the fall, how long until it was made good, what was lost, and what the policies changed of that."""

from __future__ import annotations

import math

from sim.report.comparison_table import comparison_table
from sim.report.findings.comparison import Compared
from sim.report.findings.view import View
from sim.report.markup import element, join
from sim.report.numbers import Amount, Cell, count, level, text
from sim.report.section import Section, bullets, numbered
from sim.report.table import Column, Table, render_table
from sim.runs.statistics.resilience import BEFORE, HELD, TOLERANCE
from sim.runs.words.resilience import FOUR, UNITS, Fallen, back_words, fallen, held_without_shock

__all__ = ["resilience_section"]

LEAD = (
    "How far each measure fell short of what it would have been, month by month: of the same policies without the shock where the "
    "comparison holds such a run with the same luck, else of the mean of the year before. The depth is the largest shortfall; what was "
    "lost is the sum of all shortfalls from the month of the shock to the end of the run (Bruneau and others 2003; Martin 2012). Held "
    "against the level before, the ups and downs of any month count too. A measure is back when it is no more than "
    f"{TOLERANCE:.0%} short for {HELD} months in a row: both numbers are ours."
)
CHANGED = "Fall with the policies less fall without them, run by run: below nought, the policies softened the shock."


def resilience_section(view: View) -> Section | None:
    """The section; none where no arm has a shock."""
    found = fallen(view.result) if len(view.result.tables["resilience"]) else []
    if not found:
        return None
    tables = [_falls(view, found)]
    # Its words are long: they must wrap, or the last columns fall off the page.
    parts: list[object] = [element("p", LEAD), render_table(tables[0])]
    parts.append(bullets([_alone(view, arm) for arm in _only_before(view, found)]))
    arms = list(dict.fromkeys(one.arm for one in found if one.against != BEFORE))
    if len(arms) > 1:
        parts.append(element("h3", "What the policies changed of that"))
        parts.append(element("p", CHANGED))
    for place, arm in enumerate(arms[1:], start=1):
        tables.append(_changed(view, arms[0], arm, numbered("Softened", place, len(arms) > 2)))
        parts.append(render_table(tables[-1], "wide"))
    return Section("resilience", "After a shock", join(parts), tables)


def _only_before(view: View, found: list[Fallen]) -> list[str]:
    """Arms with policies and a shock that no run of the same policies without the shock is beside."""
    held = held_without_shock(view.result)
    return [arm for arm in dict.fromkeys(one.arm for one in found) if arm not in held and view.result.scenarios[arm].get("policies")]


def _alone(view: View, arm: str) -> str:
    """What is missing to say what the policies changed of the fall."""
    return f"What the policies of “{view.titles[arm]}” changed of the fall can't be said: it has no run without the shock here. {FOUR}"


def _falls(view: View, found: list[Fallen]) -> Table:
    """Depth, way back and loss of every arm with a shock."""
    rows = []
    for one in found:
        words, unit, lost_unit, kind = UNITS[one.measure]
        amount = Amount(kind, view.symbol)
        against = one.against if one.against == BEFORE else view.titles[one.against]
        rows.append(
            [
                text(words, under=view.titles[one.arm]),
                text(against),
                count(one.shock_month),
                _with_ends(one.depth, amount, unit),
                level(one.depth_share, Amount("share")),
                Cell(back_words(one), None if math.isnan(one.back) else one.back),
                _with_ends(one.lost, amount, lost_unit),
            ]
        )
    columns = [
        Column("Measure", numeric=False, width=30),
        Column("Held against", numeric=False, width=34),
        Column("Month of the shock"),
        Column("Largest fall"),
        Column("of the reference"),
        Column("Made good", numeric=False, width=40),
        Column("Lost to the end"),
    ]
    caption = f"What shocks did: means of {len(view.result.seeds)} runs with their 95% interval"
    return Table("Resilience", caption, columns, rows)


def _with_ends(values: tuple[float, float, float], amount: Amount, unit: str) -> Cell:
    """A mean with its interval below."""
    mean, low, high = (level(value, amount, values[0]) for value in values)
    ends = f"{low.shown} to {high.shown}, {unit}" if low.is_number else unit
    return Cell(mean.shown, mean.value, mean.form, ends)


def _changed(view: View, reference: str, arm: str, name: str) -> Table:
    """The falls of two arms, each against its own course without the shock, compared run by run."""
    table = view.result.tables["resilience"]
    known = table[table["against"] != BEFORE]
    rows: list[Compared] = []
    for measure, (words, unit, lost_unit, kind) in UNITS.items():
        pair = [known[(known["arm"] == one) & (known["measure"] == measure)].set_index("seed") for one in (reference, arm)]
        seeds = pair[0].index.intersection(pair[1].index)
        for column, label, of in (("depth", "largest fall", unit), ("lost", "lost to the end", lost_unit)):
            before, after = (side.loc[seeds, column].to_numpy(float) for side in pair)
            if len(seeds):
                rows.append(view.compare(f"{words}: {label}", of, Amount(kind, view.symbol), before, after))
    caption = f"Falls with the shock: “{view.titles[arm]}” against “{view.titles[reference]}”"
    return comparison_table(name, caption, rows, view.titles[reference], view.titles[arm], drawn=True)
