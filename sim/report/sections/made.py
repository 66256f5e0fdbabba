"""What made the difference: shares of levers or pillars in the whole effect, where a result has been explained."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sim.report.charts.interval_chart import IntervalSeries, interval_chart
from sim.report.charts.stack_chart import stack_chart
from sim.report.findings.comparison import Compared
from sim.report.findings.shares import channel_parts, explanations_of, shares_of, told_measures
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import Amount, Cell, change, count, english_list, plain, text
from sim.report.palette import ARM_STYLES, arm_style
from sim.report.section import Section, bullets, chart_block
from sim.report.sections.unmade import other_runs, unmade_section
from sim.report.table import Column, Table, render_details
from sim.report.words import unit_words, verdict, widest
from sim.runs.explaining.explanation import WHOLE, Explanation
from sim.runs.explaining.words import how_it_was_made

__all__ = ["made_section"]

#: Measures and channels that are drawn; the tables hold all.
DRAWN: Final = 3
CHANNELS: Final = 8
COLOURS: Final = (*(style.line for style in ARM_STYLES), "#6b6b6b")
LEAD: Final = (
    "When several policies act at once, what each of them made depends on which of the others were there: one alone may do little, and "
    "much beside another. Here every policy is credited with what it adds to those before it, averaged over all orders in which they could "
    "have been brought in (the Shapley value). These shares add up to the whole effect. They do not say what a policy would do alone, nor "
    "what would be lost by dropping it; what two policies make only together is divided between them."
)


def made_section(view: View) -> Section | None:
    """The section on what made the difference; how to find out where it has not been worked out, none where no scenario has policies."""
    tables: list[Table] = []
    found = explanations_of(view)
    if not found:
        return unmade_section(view)
    parts: list[object] = [element("p", LEAD)]
    taken: list[str] = []
    for explanation in found:
        taken.append(explanation.by)
        again = taken.count(explanation.by)
        parts.append(_explanation(view, explanation, f"{explanation.by}-{again}" if again > 1 else explanation.by, tables))
    return Section("made", "What made the difference", join(parts), tables)


def _explanation(view: View, explanation: Explanation, name: str, tables: list[Table]) -> Markup:
    """One explanation, by pillar or by lever, with a name for its charts and tables."""
    title, reference = (plain(explanation.result.titles[str(explanation.facts[arm])]) for arm in ("scenario", "reference"))
    shares, channels = _shares_table(view, explanation, name), _channels_table(view, explanation, name)
    tables += [shares, channels]
    parts: list[object] = [element("h3", f"By {explanation.by}: “{title}” against “{reference}”")]
    parts.append(element("p", other_runs(view, explanation)) if other_runs(view, explanation) else "")
    measures = told_measures(explanation, DRAWN)
    parts += [_measure(view, explanation, measure, f"made-{name}-{place}", shares) for place, measure in enumerate(measures, start=1)]
    if not measures:
        parts.append(element("p", "None of the explained measures changed."))
    parts.append(render_details(shares, f"Shares in every explained measure, by {explanation.by}, with intervals"))
    parts.append(_channels(view, explanation, name, channels))
    parts.append(bullets(how_it_was_made(explanation)))
    return join(parts)


def _measure(view: View, explanation: Explanation, measure: str, name: str, shares: Table) -> Markup:
    """The shares in one measure, drawn, with their part of the table of all shares."""
    rows = shares_of(view, explanation, measure)
    title = plain(explanation.shares(measure)["title"].iloc[0])
    kind = rows[-1].amount.kind
    drawn = Amount("points", view.symbol) if kind == "share" else rows[-1].amount
    words = _words(title, rows)
    series = IntervalSeries(title, arm_style(1), [replace(row, amount=drawn) for row in rows])
    unit = "percentage points" if kind == "share" else unit_words(rows[-1].unit, kind, view.symbol)
    own = replace(shares, caption=f"{title}: {shares.caption}", rows=[row for row in shares.rows if row[0].value == title])
    chart = interval_chart(name, [row.label for row in rows], [series], drawn, unit, f"What made the difference. {words}")
    return chart_block(chart, words, own, "Lines: 95% intervals. A filled mark is told from luck when taken alone.")


def _words(title: str, rows: list[Compared]) -> str:
    """Who made how much of the effect on one measure, in one sentence."""
    *members, whole = rows
    told = sorted((row for row in members if row.is_told), key=lambda row: -abs(row.mean))
    largest = widest(whole)
    effect = _with_ends(whole, largest)
    if not told:
        return f"{title}: {effect} in all; no share in it can be told from luck."
    named = english_list([f"{row.label} {_with_ends(row, largest)}" for row in told[:4]])
    more = f", and {len(told) - 4} more" if len(told) > 4 else ""
    return f"{title}: {effect} in all. Of this, as far as it can be told from luck: {named}{more}."


def _with_ends(row: Compared, largest: float) -> str:
    """A share with the ends of its interval, where it has one."""
    mean, low, high = (change(value, row.amount, largest) for value in (row.mean, row.low, row.high))
    ends = f" ({low.shown.removesuffix(' points')} to {high.shown})" if low.is_number and high.is_number else ""
    return f"{mean.shown}{ends}"


def _channels(view: View, explanation: Explanation, name: str, table: Table) -> Markup:
    """What local accounts received through the largest channels, drawn."""
    bars, parts, values = channel_parts(explanation, view.minor_units, CHANNELS)
    if not bars:
        return Markup("")
    amount = Amount("money", view.symbol)
    sums = [sum(listed) for listed in values]
    words = "What local accounts received, over the whole run: " + english_list(
        [f"{bar.lower()} {change(total, amount).shown}" for bar, total in list(zip(bars, sums, strict=True))[:4]]
    )
    colours = list(zip(parts, COLOURS, strict=False))
    unit = f"{view.symbol} received by local accounts in {explanation.facts['months']} months, difference from the reference"
    chart = stack_chart(f"made-{name}-channels", bars, colours, values, amount, unit, f"{words}. By {explanation.by}.")
    note = "A pound is counted each time it is received, so channels do not add up to income."
    return chart_block(chart, f"{words}.", table, note)


def _shares_table(view: View, explanation: Explanation, name: str) -> Table:
    """Every share with its interval."""
    columns = [
        Column("Measure", numeric=False, width=44),
        Column("Unit", numeric=False, width=26, on_page=False),
        Column(explanation.by.capitalize(), numeric=False, width=36),
        Column("Share of the effect", width=16),
        Column("95% interval, from", width=16),
        Column("to", width=16),
        Column("Can it be told from luck?", numeric=False, width=24),
        Column("Paired runs", width=12, on_page=False),
    ]
    rows: list[list[Cell]] = []
    for measure in explanation.measures:
        title = plain(explanation.shares(measure)["title"].iloc[0])
        for row in shares_of(view, explanation, measure):
            unit = unit_words(row.unit, row.amount.kind, row.amount.symbol)
            numbers = [change(value, row.amount, widest(row)) for value in (row.mean, row.low, row.high)]
            rows.append([text(title, unit), text(unit), text(row.label), *numbers, verdict(row), count(row.pairs)])
    caption = f"What made the difference, by {explanation.by}: {view.window_words}, mean of {len(explanation.seeds)} paired runs"
    return Table(f"Made by {name}", caption, columns, rows, "Within a measure the shares add up to the whole effect.")


def _channels_table(view: View, explanation: Explanation, name: str) -> Table:
    """What local accounts received through each channel, to the penny."""
    columns = [Column("Channel", numeric=False, width=28), Column(explanation.by.capitalize(), numeric=False, width=36)]
    columns += [Column("Received", width=18), Column("95% interval, from", width=16), Column("to", width=16)]
    columns.append(Column("Pence", width=18, on_page=False))
    stored, amount = explanation.tables["channels"], Amount("money", view.symbol)
    rows: list[list[Cell]] = []
    for row in stored[stored["sector"] == "all"].to_dict("records") if len(stored) else []:
        exact = int(row["pence"])
        pounds = [value / view.minor_units for value in (exact, float(row["low"]), float(row["high"]))]
        numbers = [change(value, amount, abs(pounds[0])) for value in pounds]
        member = "Whole effect" if row["member"] == WHOLE else row["member_title"]
        rows.append([text(str(row["channel"]).capitalize()), text(member), *numbers, Cell(f"{exact:,}", exact, "#,##0")])
    months, seeds = explanation.facts["months"], len(explanation.seeds)
    caption = (
        f"What local accounts received through each channel, by {explanation.by}: difference over {months} months, mean of {seeds} runs"
    )
    return Table(f"Channels by {name}", caption, columns, rows, "In pence the shares add up to the whole effect exactly.")
