"""Where a pound goes: before and after, payment by payment, and how many hands it passes before it leaves."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.report.charts.flow_chart import Flow, flow_chart
from sim.report.charts.line_chart import Line, line_chart
from sim.report.comparison_table import comparison_table
from sim.report.findings.comparison import Compared
from sim.report.findings.pound_path import HOPS, INSIDE, NODES, PoundPath, pound_paths, still_here
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import Amount, level, text
from sim.report.palette import arm_style
from sim.report.section import Section, arm_heading, bullets, chart_block, numbered
from sim.report.table import Column, Table, render_details, render_table
from sim.report.words import finding, lower_first
from sim.runs.statistics.differences import mean_intervals

__all__ = ["pound_section"]

HANDS: Final = ("hands_before_leaving", "half_life", "lm3", "local_multiplier", "supplier_respend", "household_retention", "velocity")
PENCE: Final = Amount("ratio")
UNIT: Final = "pence of the pound"
LEAD: Final = (
    "Follow one pound that the anchors pay on contracts. Each column is one more payment: money in the place (bold, above) is paid on, "
    "money that has left (grey, below) stops: next door is the neighbouring region, further away the rest of the country and abroad. "
    "Branches are local sites of outside firms. Bands are as wide as the money. Everyone is taken to pass on what they receive in the "
    "proportions of all they paid in the last year; nothing is taken to be kept. What stays in the place is parted between firms "
    "owned here and branches as all that the anchors paid them in that year, not contracts alone: the part of branches may differ a "
    "little from their share of contract money in section 2."
)
SCALE: Final = "Both pictures have one scale. The third payment is in the table."


def pound_section(view: View) -> Section:
    """The fourth section."""
    tables: list[Table] = []
    paths = pound_paths(view)
    parts: list[object] = []
    if paths:
        parts.append(_flows(view, paths, tables))
        parts.append(_still_here(view, paths, tables))
    parts.append(_hands(view, tables))
    return Section("pound", "Where a pound goes", join(parts), tables)


def _flows(view: View, paths: dict[str, PoundPath], tables: list[Table]) -> Markup:
    """One drawing for each policy beside the reference, on one scale; for one scenario alone, its drawing."""
    blocks = []
    several = len(view.shown_arms) > 1
    for place, arm in enumerate(view.shown_arms, start=1):
        drawn = [view.result.reference, arm] if view.is_comparison else [arm]
        flows = [Flow(view.titles[name], arm_style(view.result.arms.index(name)).words, paths[name].links) for name in drawn]
        words = " ".join(_flow_words(paths[name], view.titles[name]) for name in drawn)
        shown = f"Where a contract pound goes{', before and after' if view.is_comparison else ''}. {words}"
        chart = flow_chart(f"contract-pound-{place}" if several else "contract-pound", NODES, INSIDE, flows, "Anchors", shown)
        held, bands = _held_table(view, paths, arm, numbered("Pound", place, several)), _bands_table(view, paths, drawn, place, several)
        tables += [held, bands]
        head = f"Before and after: “{view.reference}” and “{view.titles[arm]}”" if view.is_comparison else f"“{view.titles[arm]}”"
        more = render_details(bands, f"Every band: {bands.caption}")
        blocks.append(join([element("h3", head), chart_block(chart, words, held, SCALE if view.is_comparison else ""), more]))
    return join([element("p", LEAD), *blocks])


def _flow_words(path: PoundPath, title: str) -> str:
    """Where a pound goes in one sentence."""
    first = path.links[0].sum(axis=0)
    here = [float(path.here[:, hop].mean()) * 100 for hop in range(1, HOPS + 1)]
    return (
        f"“{title}”: of each pound {first[0] * 100:.1f}p is paid to firms owned here, {first[1] * 100:.1f}p to branches of outside firms, "
        f"{first[4] * 100:.1f}p next door and {first[5] * 100:.1f}p further away. After two payments {here[1]:.1f}p is still in the place, "
        f"after three {here[2]:.1f}p."
    )


def _held_table(view: View, paths: dict[str, PoundPath], arm: str, name: str) -> Table:
    """Who has been paid how much of the pound in each payment, with the interval of the difference."""
    rows = []
    for hop in range(HOPS):
        before, after = (paths[one].runs[:, hop].sum(axis=1) * 100 for one in (view.result.reference, arm))
        for node, words in enumerate(NODES):
            if not (before[:, node].any() or after[:, node].any()):
                continue
            label = f"Payment {hop + 1}, to: {lower_first(words)}"
            if view.is_comparison:
                rows.append(view.compare(label, UNIT, PENCE, before[:, node], after[:, node]))
            else:
                rows.append(view.alone(label, UNIT, PENCE, after[:, node]))
    caption = f"Who is paid how much of a contract pound, payment by payment, last year: “{view.titles[arm]}”"
    return comparison_table(name, caption, rows, view.reference, view.titles[arm], head="Payment")


def _bands_table(view: View, paths: dict[str, PoundPath], drawn: list[str], place: int, several: bool) -> Table:
    """The bands of a drawing, and of the third payment, as numbers."""
    links = [paths[name].links * 100 for name in drawn]
    rows = []
    for hop, payer, payee in np.argwhere(np.sum(links, axis=0)):
        who = "Anchors" if hop == 0 else NODES[payer]
        rows.append(
            [text(f"Payment {hop + 1}"), text(who), text(NODES[payee]), *(level(part[hop, payer, payee], PENCE, 10.0) for part in links)]
        )
    columns = [Column("Payment", numeric=False), Column("From", numeric=False, width=28), Column("To", numeric=False, width=28)]
    columns += [Column(f"{view.titles[name]}, pence of the pound", width=26) for name in drawn]
    caption = f"From whom to whom a contract pound goes, last year, mean of {len(view.result.seeds)} runs, pence"
    note = "Intervals of what each is paid are in the table before."
    return Table(numbered("Pound, bands", place, several), caption, columns, rows, note)


def _still_here(view: View, paths: dict[str, PoundPath], tables: list[Table]) -> Markup:
    """How fast a pound leaves."""
    lines = []
    for place, arm in enumerate(view.result.arms):
        middle, low, high, _ = mean_intervals(paths[arm].here[:, 1:])
        ends = [np.clip(np.where(np.isfinite(part), part, middle), 0.0, 1.0) for part in (low, high)]
        lines.append(Line(view.titles[arm], arm_style(place), middle, ends[0], ends[1]))
    tables_here = _still_tables(view, paths)
    tables += tables_here
    words = " ".join(_still_words(view, paths, arm) for arm in view.shown_arms)
    chart = line_chart(
        "pound-still-here", lines, "payments made", "pence still here", f"Pence of a contract pound still in the place. {words}"
    )
    heading = element("h3", "How much of the pound is still here")
    more = [render_details(table, f"The numbers: {table.caption}") for table in tables_here[1:]]
    return join([heading, chart_block(chart, words, tables_here[0], "Shaded: 95% interval of the mean."), *more])


def _still_words(view: View, paths: dict[str, PoundPath], arm: str) -> str:
    """What is still here after one payment."""
    rows = _still_rows(view, paths, arm)
    return finding(rows[0], view.titles[arm], view.reference) if rows else ""


def _still_rows(view: View, paths: dict[str, PoundPath], arm: str) -> list[Compared]:
    """What is still here after each payment, compared."""
    steps = paths[arm].here.shape[1]
    rows = []
    for hop in range(1, steps):
        label = f"Part of a contract pound still in the place after {hop} payment{'' if hop == 1 else 's'}"
        after = still_here(paths[arm], hop)
        if view.is_comparison:
            rows.append(view.compare(label, "share of the pound", Amount("share"), still_here(paths[view.result.reference], hop), after))
        else:
            rows.append(view.alone(label, "share of the pound", Amount("share"), after))
    return rows


def _still_tables(view: View, paths: dict[str, PoundPath]) -> list[Table]:
    """The same as tables, one for each arm."""
    several = len(view.shown_arms) > 1
    return [
        comparison_table(
            numbered("Still here", place, several),
            f"Part of a contract pound still in the place, last year: “{view.titles[arm]}”",
            _still_rows(view, paths, arm),
            view.reference,
            view.titles[arm],
            head="After",
        )
        for place, arm in enumerate(view.shown_arms, start=1)
    ]


def _hands(view: View, tables: list[Table]) -> Markup:
    """Hands before a pound leaves, and the multipliers."""
    several = len(view.shown_arms) > 1
    parts: list[object] = []
    for place, arm in enumerate(view.shown_arms, start=1):
        rows = view.several(arm, HANDS)
        if not rows:
            continue
        caption = f"Hands, rounds and multipliers: “{view.titles[arm]}”, {view.window_words}"
        table = comparison_table(numbered("Hands", place, several), caption, rows, view.reference, view.titles[arm], drawn=True)
        tables.append(table)
        parts += [arm_heading("Hands before it leaves", view.titles[arm], several), render_table(table, "wide")]
    meanings = [f"{view.facts(name).title}: {view.facts(name).meaning} {view.facts(name).source}" for name in view.recorded(HANDS)]
    if meanings:
        parts.append(element("details", element("summary", "What each of these means, and who defined it"), bullets(meanings)))
    return join(parts)
