"""Who owns what, and who earns what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.report.charts.interval_chart import IntervalSeries, interval_chart
from sim.report.charts.share_chart import share_chart
from sim.report.comparison_table import comparison_table
from sim.report.findings.comparison import Compared
from sim.report.findings.tables_by_row import Field, compare_rows
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import Amount, english_list, level, plain, text
from sim.report.palette import arm_style, owner_colour
from sim.report.section import Section, arm_heading, chart_block, numbered
from sim.report.table import Column, Table, render_details, render_table
from sim.report.words import HINT, finding, hint, unit_words

__all__ = ["owners_section"]

OWNERSHIP: Final = ("cooperatives", "cooperative_jobs", "firms", "births", "deaths")
INEQUALITY: Final = (
    "income_gini",
    "income_palma",
    "poorest_fifth_income",
    "mean_income",
    "median_pay",
    "below_living_wage",
    "wealth_gini",
    "wealth_top_tenth",
    "savings",
    "rent_arrears",
)
#: The same people may be sorted by income in three ways.
SORTED: Final = (
    "“Mean usual income of the poorest fifth” is a mean over the last months, of whoever had least in each of them; the fifths of “How "
    "safe people's money is” are those in which people were when fifths were last set, once a year."
)
#: Owners from nearest to furthest; others follow.
NEAREST: Final = ("workers", "local owners", "community and council", "outside owners")
INCOME: Final = Field("income_tenth", "tenth", "mean_usual_income", "pounds a month", "money", in_pence=True)
#: What is known of each neighbourhood over the last months: series, and what a row of the table is called.
BY_PLACE: Final = (
    ("neighbourhood_income", "mean usual income"),
    ("neighbourhood_unemployment", "unemployment"),
    ("neighbourhood_below_living_wage", "paid below the real living wage"),
)
#: Counts that stand among the measures of ownership already.
TOLD: Final = {"jobs": ("Cooperative", "cooperative_jobs"), "firms": ("Cooperative", "cooperatives")}
JOBS: Final = Field("ownership", "owner", "jobs", "jobs", "count")
SITES: Final = Field("ownership", "owner", "firms", "sites", "count")
KINDS: Final = {
    "LocalSME": "Firms owned here",
    "Cooperative": "Co-operatives",
    "CommunityFirm": "Community and council firms",
    "Branch": "Branches of outside firms",
}
#: More names than these are counted in a sentence: table and chart have them.
NAMED: Final = 8
TENTHS: Final = ("poorest", "", "", "", "", "", "", "", "", "richest")


def owners_section(view: View) -> Section:
    """The fifth section."""
    tables: list[Table] = []
    parts = [_ownership(view, tables), _income(view, tables), _neighbourhoods(view, tables)]
    return Section("owners", "Who owns what, who earns what", join(parts), tables)


def _ownership(view: View, tables: list[Table]) -> Markup:
    """Business equity by owner."""
    parts: list[object] = [element("h3", "Who owns business here"), _equity_chart(view, tables)]
    several = len(view.shown_arms) > 1
    for place, arm in enumerate(view.shown_arms, start=1):
        rows = [*view.several(arm, [f"equity_share/{key}" for key in _owners(view)]), *view.several(arm, OWNERSHIP)]
        for field, words in ((SITES, "Sites"), (JOBS, "Jobs")):
            told, series = TOLD[field.column]
            shown = [row for row in compare_rows(view, arm, field) if row.label != told or series not in view.series_names]
            rows += [replace(row, label=f"{words} at the end of the run: {KINDS.get(row.label, row.label)}") for row in shown]
        if rows:
            caption = f"Ownership: “{view.titles[arm]}”, mean of the {view.window_words}; shares of business are those of the last month"
            table = comparison_table(numbered("Ownership", place, several), caption, rows, view.reference, view.titles[arm])
            tables.append(table)
            parts.append(render_details(table, f"Ownership in numbers, with intervals{': ' + view.titles[arm] if several else ''}"))
    return join(parts)


def _owners(view: View) -> list[str]:
    """Owners of business that were recorded, from nearest to furthest."""
    known = view.keys("equity_share")
    return [*(key for key in NEAREST if key in known), *(key for key in known if key not in NEAREST)]


def _equity_chart(view: View, tables: list[Table]) -> Markup:
    """Shares of business equity by owner, at the start and at the end."""
    owners = _owners(view)
    if not owners:
        return Markup("")
    bars = [f"First month, “{view.reference}”", *(f"Last month, “{view.titles[arm]}”" for arm in view.result.arms)]
    ends = [(view.result.reference, 0), *((arm, -1) for arm in view.result.arms)]
    shares = [[float(np.nanmean(view.values(f"equity_share/{key}", arm)[:, month])) for key in owners] for arm, month in ends]
    labels = [key[:1].upper() + key[1:] for key in owners]
    unit = unit_words(view.facts("equity_share").unit, "share", view.symbol)
    table = Table(
        "Business equity",
        f"Who owns business in {view.place}, {unit}, mean of {len(view.result.seeds)} runs",
        [Column("Owner", numeric=False, width=28), *(Column(bar, width=22) for bar in bars)],
        [[text(label), *(level(share[place], Amount("share")) for share in shares)] for place, label in enumerate(labels)],
        "Intervals are in the table “Ownership”.",
    )
    tables.append(table)
    words = " ".join(_equity_words(view, arm, owners[-1]) for arm in view.shown_arms)
    parts = [(label, owner_colour(label)) for label in labels]
    chart = share_chart("who-owns-business", bars, parts, shares, unit, f"Who owns business. {words}")
    return chart_block(chart, words, table, view.facts("equity_share").meaning)


def _equity_words(view: View, arm: str, owner: str) -> str:
    """What became of the share of the furthest owner."""
    row = view.compared(arm, f"equity_share/{owner}")
    return finding(row, view.titles[arm], view.reference) if row else ""


def _income(view: View, tables: list[Table]) -> Markup:
    """Income by tenth, and inequality."""
    found = {arm: _tenths(view, arm) for arm in view.shown_arms}
    parts: list[object] = [element("h3", "Who earns what")]
    several = len(view.shown_arms) > 1
    own = []
    for place, (arm, rows) in enumerate(found.items(), start=1):
        if not rows:
            continue
        caption = f"Mean usual income after tax by tenth, last month: “{view.titles[arm]}”, {view.symbol} a month for each adult"
        note = f"Tenths are those of the last month, formed anew in each run, so they need not hold the same people. {SORTED}"
        name = numbered("Income tenths", place, several)
        own.append(comparison_table(name, caption, rows, view.reference, view.titles[arm], head="Tenth of residents", note=note))
    if own and view.is_comparison:
        note = "Income is usual income after tax in the last month, each adult for themselves."
        parts.append(_income_chart(view, {arm: rows for arm, rows in found.items() if rows}, own, "tenth", note))
    elif own:
        parts.append(render_table(own[0]))
    tables += own
    for place, arm in enumerate(view.shown_arms, start=1):
        rows = view.several(arm, INEQUALITY)
        if rows:
            caption = f"Income, pay and wealth: “{view.titles[arm]}”, {view.window_words}"
            table = comparison_table(
                numbered("Income and wealth", place, several), caption, rows, view.reference, view.titles[arm], drawn=True
            )
            tables.append(table)
            parts += [arm_heading("Income and wealth", view.titles[arm], several) if several else "", render_table(table, "wide")]
    return join(parts)


def _tenths(view: View, arm: str) -> list[Compared]:
    """Income by tenth with readable names."""
    rows = compare_rows(view, arm, INCOME)
    return [
        replace(row, label=f"{row.label} ({TENTHS[place]})" if place < 10 and TENTHS[place] else row.label)
        for place, row in enumerate(rows)
    ]


def _income_chart(view: View, found: dict[str, list[Compared]], own: list[Table], one: str, note: str) -> Markup:
    """Differences in income by tenth or neighbourhood, each with its interval."""
    series = [IntervalSeries(view.titles[arm], arm_style(view.result.arms.index(arm)), rows) for arm, rows in found.items()]
    labels = [row.label for row in next(iter(found.values()))]
    words = " ".join(_income_words(rows, view.titles[arm], one) for arm, rows in found.items())
    unit = f"difference in mean income, {view.symbol} a month (line: 95% interval; filled mark: told from luck when taken alone)"
    shown = f"Differences in income by {one}. {words}"
    chart = interval_chart(f"income-by-{one}", labels, series, Amount("money", view.symbol), unit, shown)
    more = [render_details(table, f"The numbers: {table.caption}") for table in own[1:]]
    return join([chart_block(chart, words, own[0], note), *more])


def _income_words(rows: Sequence[Compared], title: str, one: str) -> str:
    """Which tenths or neighbourhoods have more income and which less."""
    more = [row.label + hint(row) for row in rows if row.is_told and row.mean > 0]
    less = [row.label + hint(row) for row in rows if row.is_told and row.mean < 0]
    if not more and not less:
        return f"“{title}”: in no {one} can a difference in income be told from luck."
    parts = [f"income is {side} in {_of_them(names, one)}" for side, names in (("higher", more), ("lower", less)) if names]
    parts += ["in the others no difference can be told from luck"] if len(more) + len(less) < len(rows) else []
    return f"“{title}”: {'; '.join(parts)}."


def _of_them(names: list[str], one: str) -> str:
    """Rows by name in a sentence.

    Examples
    --------
    >>> _of_them(["1 (poorest)", "2"], "tenth"), _of_them(["Northgate"], "neighbourhood")
    ('tenths 1 (poorest) and 2', 'the neighbourhood Northgate')
    """
    noun = f"{one}s" if len(names) > 1 else one
    if len(names) <= NAMED:
        return f"{'' if one == 'tenth' else 'the '}{noun} {english_list(names)}"
    hints = sum(name.endswith(f"({HINT})") for name in names)
    return f"{len(names)} {noun}" + (f" ({hints} of them {HINT})" if hints else "")


def _neighbourhoods(view: View, tables: list[Table]) -> Markup:
    """Income, unemployment and low pay by neighbourhood, over the last months."""
    several = len(view.shown_arms) > 1
    found: dict[str, list[Compared]] = {}
    own: list[Table] = []
    for place, arm in enumerate(view.shown_arms, start=1):
        of_each = [_of_neighbourhood(view, arm, name) for name in _neighbourhood_names(view)]
        if not of_each:
            continue
        found[arm] = [replace(rows[0], label=plain(name)) for name, rows in zip(_neighbourhood_names(view), of_each, strict=True)]
        caption = f"Neighbourhoods: “{view.titles[arm]}”, mean of the {view.window_words}"
        name = numbered("Neighbourhoods", place, several)
        rows = [row for part in of_each for row in part]
        own.append(comparison_table(name, caption, rows, view.reference, view.titles[arm], head="Neighbourhood"))
    tables += own
    if not own:
        return Markup("")
    heading = element("h3", "Neighbourhood by neighbourhood")
    if not view.is_comparison:
        return join([heading, render_table(own[0])])
    note = f"Mean usual income after tax of adults over the {view.window_words}; unemployment and low pay are in the table."
    return join([heading, _income_chart(view, found, own, "neighbourhood", note)])


def _neighbourhood_names(view: View) -> list[str]:
    """Neighbourhoods whose income was recorded, in the order of the place."""
    known = view.keys(BY_PLACE[0][0])
    places = view.result.scenarios[view.result.reference]["place"]["values"].get("neighbourhoods") or []
    order = [str(part["name"]) for part in places if isinstance(part, Mapping) and "name" in part]
    return [*(name for name in order if name in known), *(name for name in known if name not in order)]


def _of_neighbourhood(view: View, arm: str, name: str) -> list[Compared]:
    """What was recorded of one neighbourhood, its income first."""
    rows = [(words, view.compared(arm, f"{series}/{name}")) for series, words in BY_PLACE]
    return [replace(row, label=f"{plain(name)}: {words}") for words, row in rows if row is not None]
