"""The sections of the report of a spend analysis that say where money goes, to whom, and when."""

from __future__ import annotations

from typing import Final

import pandas as pd

from sim.report.charts.amount_chart import amount_chart
from sim.report.charts.running_chart import running_chart
from sim.report.charts.share_chart import share_chart
from sim.report.markup import Markup, element, join
from sim.report.section import Section, bullets, chart_block
from sim.report.spend.tables import (
    concentration_table,
    count,
    group_table,
    largest_table,
    largest_words,
    matrix_table,
    shortened,
    where_table,
    words,
)
from sim.report.spend.view import SpendView
from sim.report.table import Table, render_details, render_table
from sim.spend.analysis.analyse import BANDS
from sim.spend.analysis.lines import WHERES
from sim.spend.analysis.names import are_named
from sim.spend.analysis.periods import UNDATED, every_period

__all__ = ["headline_sentence", "spend_findings"]

COLOURS: Final = ("#0072B2", "#56B4E9", "#E69F00", "#BBBBBB")
#: How tables of groups look.
GROUPS: Final = "small-print groups"
RANKED: Final = "small-print ranked"
#: Rows of long tables that the page shows.
SHOWN: Final = 25
#: Suppliers that the page shows before the rest, which is one click away.
FIRST: Final = 40
#: Most bars of a chart over time.
MOST_BARS: Final = 60


def spend_findings(view: SpendView) -> list[Section]:
    """The sections with findings, in order."""
    made = (where_section, sector_section, kind_section, concentration_section, largest_section, period_section, purpose_section)
    return [section(view) for section in made]


def headline_sentence(view: SpendView, scope: str = "top") -> str:
    """Where the money goes, in one sentence, with what is not known."""
    values = view.analysis.headline
    sum_paid = view.money(values[f"{scope}_pence"]).shown
    whom = f"the {largest_words(view)} suppliers" if scope == "top" else "all suppliers"
    if not view.located:
        return f"{sum_paid} went to {whom}. {view.why_unlocated}"
    place, region, outside, unknown = (view.share_words(values[f"{scope}_{where}"]) for where in WHERES)
    sentence = (
        f"Of {sum_paid} {view.paid} to {whom}, {place} went to suppliers in {view.place or 'the place'}, {region} elsewhere in "
        f"{view.region or 'the region'} and {outside} further away; for {unknown} it is not known where."
    )
    known = view.share_words(values[f"{scope}_place_of_known"])
    return sentence + f" Of what is known, {known} went to suppliers in {view.place or 'the place'}." + weak_words(view)


def weak_words(view: SpendView) -> str:
    """How much of the money has a place by a weak guess, such as by a place's name in the supplier's; nothing where none has."""
    bands = view.analysis.table("certainty")
    weak = bands[(bands["what"] == "where") & (bands["certainty"] == BANDS[0][1])]["share"].sum()
    if not weak >= 0.001:
        return ""
    return f" For {view.share_words(float(weak))} of all the money that place is a weak guess, such as by the supplier's name alone."


def where_section(view: SpendView) -> Section:
    """Where the money goes."""
    table = where_table(view)
    said = bullets([headline_sentence(view), headline_sentence(view, "all")])
    parts: list[object] = [said if view.located else element("p", view.why_unlocated)]
    if view.located:
        values = view.analysis.headline
        bars, shares = [], []
        for scope, name in (("top", f"The {largest_words(view)}"), ("all", f"All {view.many}")):
            bars += [name, f"{name}, of what is known"]
            shares.append([_drawn(values[f"{scope}_{where}"]) for where in WHERES])
            shares.append([*(_drawn(values[f"{scope}_{where}_of_known"]) for where in WHERES[:3]), 0.0])
        named = list(zip((view.where_name(where) for where in WHERES), COLOURS, strict=True))
        chart = share_chart("chart-where", bars, named, shares, "share of value", f"Where the money goes. {headline_sentence(view)}")
        parts.append(chart_block(chart, f"Shares of the value {view.paid}, credits taken off."))
    parts.append(render_table(table, GROUPS))
    return Section("headline", "Where the money goes", join(parts), [table])


def _drawn(share: float | None) -> float:
    """A share as a length."""
    return 0.0 if share is None else max(share, 0.0)


def _parts(view: SpendView) -> list[tuple[str, str]]:
    """Name and colour of each where."""
    return list(zip((view.where_name(where) for where in WHERES), COLOURS, strict=True))


def _bars(view: SpendView, name: str, frame: pd.DataFrame, by: str, about: str, *, upright: bool = False) -> Markup:
    """A chart of groups, each in its parts by where."""
    parts = _parts(view) if view.located else [("Value", COLOURS[0])]
    fields = [f"{where}_pence" for where in WHERES] if view.located else ["pence"]
    values = [[value / 100 for value in row] for row in frame[fields].to_numpy().tolist()]
    largest = frame.sort_values("pence", ascending=False, kind="stable").head(3)
    told = "; ".join(f"{words(row[by])} {view.money(row['pence']).shown}" for row in largest.to_dict("records"))
    chart = amount_chart(name, [words(group) for group in frame[by]], parts, values, view.symbol, f"{about}: {told}", upright=upright)
    return chart_block(chart, f"{about}. The largest: {told}.")


def sector_section(view: SpendView) -> Section:
    """By sector, and sector by where."""
    analysis = view.analysis
    tables = []
    for scope, whose in (("all", f"all {view.many}"), ("top", f"the {largest_words(view)} suppliers")):
        frame = analysis.table("sectors", scope)
        end = "" if scope == "all" else ", largest"
        tables.append(group_table(view, f"Sectors{end}", f"Value by sector: {whose}", frame, "sector", "Sector"))
        tables.append(matrix_table(view, scope, f"Sector by where{end}", whose))
    frame = analysis.table("sectors", "all").sort_values("pence", ascending=False, kind="stable")
    body = [_bars(view, "chart-sectors", frame, "sector", f"Value by sector of the supplier and where it is, all {view.many}")]
    body += [render_table(tables[0], GROUPS), render_details(tables[1], "The same in money: sector by where")]
    body += [render_details(tables[2], f"The same for the {largest_words(view)} suppliers")]
    return Section("sectors", "By sector", join(body), tables)


def kind_section(view: SpendView) -> Section:
    """By kind and size of supplier."""
    body: list[Markup] = []
    tables: list[Table] = []
    for name, by, head in (("kinds", "kind", "Kind of supplier"), ("sizes", "size", "Size of supplier")):
        if view.analysis.table(name)[by].unique().tolist() == ["unknown"]:
            body.append(element("p", f"{head}: not known for any {view.one}."))
            continue
        for scope, whose in (("all", f"all {view.many}"), ("top", f"the {largest_words(view)} suppliers")):
            end = "" if scope == "all" else ", largest"
            frame = view.analysis.table(name, scope)
            table = group_table(view, name.capitalize() + end, f"Value by {by} of supplier: {whose}", frame, by, head)
            tables.append(table)
            body.append(render_table(table, GROUPS) if scope == "all" else render_details(table, f"The same for {whose}"))
    note = "Size is known only where a supplier list or a contract notice says it."
    return Section("kinds", "By kind and size of supplier", join([*body, element("p", note, class_="note")]), tables)


def concentration_section(view: SpendView) -> Section:
    """How concentrated spending is."""
    table = concentration_table(view)
    frame = view.analysis.table("concentration").set_index("measure")
    if frame.empty:
        return Section("concentration", "How concentrated it is", element("p", f"No supplier has more {view.many} than credits."), [table])
    most = int(frame.loc["suppliers that make 80%", "suppliers"])
    suppliers = view.analysis.suppliers
    amounts = suppliers.loc[are_named(suppliers), "amount"]
    amounts = amounts[amounts > 0].sort_values(ascending=False)
    first = view.share(frame.loc["largest 1", "share"]).shown
    finding = f"The largest supplier has {first}; {count(most).shown} of {count(len(amounts)).shown} suppliers make 80%."
    chart = running_chart("chart-concentration", amounts.tolist(), "so many of the largest suppliers", "share of value", finding, most)
    return Section("concentration", "How concentrated it is", join([chart_block(chart, finding), render_table(table)]), [table])


def largest_section(view: SpendView) -> Section:
    """The largest suppliers by name."""
    frame = view.analysis.table("largest_suppliers")
    caption = f"The {largest_words(view)} suppliers by value"
    table = largest_table(view, frame, "Largest suppliers", caption)
    if len(frame) <= FIRST + 5:
        return Section("largest", "The largest suppliers", render_table(table, RANKED), [table])
    first = largest_table(view, frame.head(FIRST), "First", f"The {FIRST} largest of them")
    rest = largest_table(view, frame.iloc[FIRST:], "Rest", f"Suppliers {FIRST + 1} to {len(frame)}")
    body = [render_table(first, RANKED), render_details(rest, f"{rest.caption}, which paper leaves out")]
    return Section("largest", "The largest suppliers", join(body), [table])


def period_section(view: SpendView) -> Section:
    """Over time."""
    frame = view.analysis.table("periods")
    tables, body = [], []
    chosen = _step(frame)
    for step in ("month", "quarter", "financial year"):
        part = frame[frame["step"] == step]
        table = group_table(view, f"By {step}", f"Value by {step}", part, "period", step.capitalize())
        tables.append(table)
        if step == chosen:
            dated = _without_gaps(part[part["period"] != UNDATED], step)
            if len(dated) > 1:
                body.append(_bars(view, "chart-periods", dated, "period", f"Value by {step}", upright=True))
            body.insert(0, _undated(view, part))
        body.append(render_details(table, f"By {step}") if step != chosen else render_table(table, GROUPS))
    note = (
        "The first and the last period may be covered in part. A financial year begins in April. Periods in which nothing was "
        f"{view.paid} are "
        "left out."
    )
    return Section("periods", "Over time", join([*body, element("p", note, class_="note")]), tables)


def _step(frame: pd.DataFrame) -> str:
    """The shortest period of which there are not too many to draw."""
    for step in ("month", "quarter"):
        dated = frame.loc[(frame["step"] == step) & (frame["period"] != UNDATED), "period"].tolist()
        if not dated or len(every_period(step, dated[0], dated[-1])) <= MOST_BARS:
            return step
    return "financial year"


def _without_gaps(dated: pd.DataFrame, step: str) -> pd.DataFrame:
    """A row for each period from the first to the last, so that a chart tells time truly."""
    if dated.empty:
        return dated
    names = every_period(step, dated["period"].iloc[0], dated["period"].iloc[-1])
    pence = [column for column in dated.columns if column.endswith("pence")]
    full = dated.set_index("period").reindex(names)
    return full.fillna(dict.fromkeys(pence, 0)).rename_axis("period").reset_index()


def _undated(view: SpendView, part: pd.DataFrame) -> Markup:
    """What has no date."""
    row = part[part["period"] == UNDATED]
    if row.empty:
        return element("p", f"Every {view.one} has a date: {view.period}." if view.period else f"There is no {view.one}.")
    found = row.iloc[0]
    one = found["payments"] == 1
    held = f"{count(found['payments']).shown} {view.one if one else view.many} of {view.money(found['pence']).shown}"
    return element("p", f"{held} {'has' if one else 'have'} no date that could be read, and a row of {'its' if one else 'their'} own.")


def purpose_section(view: SpendView) -> Section:
    """By publishing body, service area and expense type."""
    body: list[object] = []
    tables = []
    heads = ("Buyer", "Goods, services or works", "CPV code") if view.awarded else ("Publishing body", "Service area", "Expense type")
    groups = zip(("bodies", "areas", "categories"), ("body", "area", "category"), heads, strict=True)
    for name, by, head in groups:
        frame = view.analysis.table(name)
        full = group_table(view, name.capitalize(), f"Value by {head}", frame, by, head)
        tables.append(full)
        if frame[by].tolist() == ["not given"]:
            body.append(element("p", f"{head}: the files do not say."))
        elif len(frame) == 1:
            body.append(element("p", f"{head}: {frame[by].iloc[0]} alone."))
        else:
            body.append(render_table(group_table(view, head, full.caption, shortened(frame, by, SHOWN), by, head), GROUPS))
    title = "By buyer, and by what is bought" if view.awarded else "By body, service area and expense type"
    return Section("purposes", title, join(body), tables)
