"""What it cost and who paid, who gained and who lost, and what the headline share hides."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.report.charts.interval_chart import IntervalSeries, interval_chart
from sim.report.charts.share_chart import share_chart
from sim.report.comparison_table import comparison_table
from sim.report.findings.comparison import Compared
from sim.report.findings.policies import anchor_titles
from sim.report.findings.receipts import receipts
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import Amount, english_list, level, money, text
from sim.report.palette import arm_style, owner_colour
from sim.report.section import Section, arm_heading, bullets, chart_block, numbered
from sim.report.table import Column, Table, render_details, render_table
from sim.report.words import HINT, difference_words, hint, interval_words, lower_first, measured_words, unit_words

__all__ = [
    "cost_section",
    "flow_sentences",
    "hidden_sentences",
    "price_sentences",
    "programme_sentences",
    "region_sentences",
    "sum_sentences",
    "winner_words",
]

COSTS: Final = (
    "policy_costs",
    "contract_spend",
    "contract_price",
    "service_bought",
    "anchor_payroll",
    "anchor_reserves",
    "government_balance",
    "bids",
)
GOVERNMENT_NOTE: Final = (
    "What the government receives from this place, net, holds the taxes of this place alone. Tax on the same work done by suppliers "
    "outside it is not seen: a gain here may be a loss elsewhere."
)
#: Totals over the whole run: series and label.
TOTALS: Final = (
    ("policy_costs", "Cost of running the policies"),
    ("anchor_payroll", "Anchors' payroll"),
    ("contract_spend", "Anchors' contract spend"),
    ("service_bought", "Service bought by anchors"),
    ("government_balance", "What the government receives from this place, net"),
    ("region_receipts", "What the neighbouring region earns from the place"),
    ("outside_supplier_receipts", "Contract money of suppliers outside the place and region"),
)
#: Those that stand in one sentence.
SUMS: Final = ("anchor_payroll", "contract_spend", "service_bought", "government_balance", "region_receipts", "outside_supplier_receipts")
HIDDEN: Final = (
    "retention_place/all",
    "spend_by_owner/branches",
    "retention_stays/all",
    "passed_outside",
    "spend_small_firms",
    "supplier_respend",
    "retention_region/all",
)
#: What sets all that the region receives apart from its earnings.
ALL_RECEIPTS: Final = (
    "All payments received are counted, those between firms and of residents among themselves too. “What the neighbouring region earns "
    "from the place”, elsewhere in this report, is less than what it receives here: it is a month's, and net of what the region pays in "
    "the place by payments of the same kind."
)
OWNERS: Final = (
    ("spend_by_owner/local firms", "Firms owned here"),
    ("spend_by_owner/co-operatives", "Co-operatives"),
    ("spend_by_owner/community firms", "Community and council firms"),
    ("spend_by_owner/branches", "Branches of outside firms"),
)

#: Why residents have a chart of their own.
RESIDENTS: Final = "Residents alone, on a scale of their own: what firms receive is so much more that theirs would not be seen."


def cost_section(view: View) -> Section:
    """The second section."""
    tables: list[Table] = []
    parts = [_costs(view, tables), _winners(view, tables), _hidden(view, tables)]
    return Section("cost", "What it cost, who paid and who lost", join(parts), tables)


def _costs(view: View, tables: list[Table]) -> Markup:
    """What anchors and the government paid and got."""
    parts: list[object] = []
    several = len(view.shown_arms) > 1
    for place, arm in enumerate(view.shown_arms, start=1):
        rows = view.several(arm, COSTS)
        if not rows:
            continue
        title = view.titles[arm]
        parts.append(arm_heading("What it cost", title, several))
        parts.append(bullets(_cost_sentences(view, arm)))
        caption = f"Cost and service of “{title}”: {view.window_words} of {view.result.months}"
        table = comparison_table(numbered("Cost", place, several), caption, rows, view.reference, title, drawn=True)
        parts.append(render_table(table, "wide"))
        tables.append(table)
        if view.is_comparison:
            totals = [item for item in (view.total(arm, name, label) for name, label in TOTALS) if item is not None]
            words = f"Sums of “{title}” over all {view.result.months} months"
            whole = comparison_table(numbered("Cost, whole run", place, several), words, totals, view.reference, title)
            parts.append(render_details(whole, f"Sums over all {view.result.months} months"))
            tables.append(whole)
    if parts and "government_balance" in view.series_names:
        parts.append(element("p", GOVERNMENT_NOTE))
    return join(parts)


def _cost_sentences(view: View, arm: str) -> list[str]:
    """Who paid, in plain words."""
    told = [sentence for sentence in (*price_sentences(view, arm), *flow_sentences(view, arm)) if sentence]
    return [*programme_sentences(view, arm), *sum_sentences(view, arm), *told]


def sum_sentences(view: View, arm: str, names: Sequence[str] = SUMS) -> list[str]:
    """Sums over the whole run that can be told from luck, in one sentence; none where none can.

    What running the policies cost has a sentence of its own.
    """
    if not view.is_comparison:
        return []
    sums = [view.total(arm, name, label) for name, label in TOTALS if name in names]
    told = [f"{lower_first(row.label)} {_sum_words(row)}" for row in sums if row is not None and row.is_told]
    return [f"Over all {view.result.months} months (sums, with 95% intervals): {'; '.join(told)}."] if told else []


def _sum_words(row: Compared) -> str:
    """A sum's difference with its interval; the sentence says over how many months."""
    shown = measured_words(replace(row, unit=row.unit.partition(" in ")[0]))
    return f"{shown} ({interval_words(row).removeprefix('95% interval ')}{'; ' + HINT if row.weak else ''})"


def programme_sentences(view: View, arm: str) -> list[str]:
    """What running the policies cost, in one sentence; none without anything to compare with."""
    total = view.total(arm, "policy_costs", "Running the policies") if view.is_comparison else None
    if total is None:
        return []
    over = f"over the {view.result.months} months"
    spent = money(total.value, view.symbol).shown
    pairs = f"{total.pairs} paired run{'' if total.pairs == 1 else 's'}"
    more = f"{interval_words(total)}; {pairs}" if total.reference == 0 and total.is_told else difference_words(total)
    return [f"Running the policies, with the seed capital they give, cost the anchors {spent} {over} ({more})."]


def price_sentences(view: View, arm: str) -> list[str]:
    """What the anchors got for a hundred of contracts, in one sentence; none where no price was recorded."""
    price = view.compared(arm, "contract_price")
    if price is None or not price.value > 0:
        return []
    worth, usual = (100.0 / view.by_seed("contract_price", name) for name in (arm, view.result.reference))
    amount = Amount("money", view.symbol)
    got = f"For each {view.symbol}100 of contracts the anchors got service worth"
    if not view.is_comparison:
        row = view.alone("", "pounds", amount, worth)
        ends = f" (95% interval {view.symbol}{row.low:.2f} to {view.symbol}{row.high:.2f})" if math.isfinite(row.low) else ""
        return [f"{got} {view.symbol}{row.value:.2f}{ends} at base prices."]
    row = view.compare("", "pounds", amount, usual, worth)
    return [
        f"{got} {view.symbol}{row.value:.2f} at base prices, against {view.symbol}{row.reference:.2f} with “{view.reference}”; "
        f"{difference_words(row)}. Price paid: {difference_words(price)}."
    ]


def flow_sentences(view: View, arm: str, names: Sequence[str] = ("service_bought", "anchor_payroll", "government_balance")) -> list[str]:
    """What changed in some streams of money, one sentence each; none without anything to compare with."""
    if not view.is_comparison:
        return []
    return [f"{row.label}: {difference_words(row)}." for row in view.several(arm, names)]


def _winners(view: View, tables: list[Table]) -> Markup:
    """Who receives more money and who less."""
    found = {arm: receipts(view, arm) for arm in view.shown_arms}
    if not all(found.values()) or not view.is_comparison:
        return Markup("")
    several = len(view.shown_arms) > 1
    period = "year" if view.window == 12 else f"{view.window} months"
    for place, (arm, rows) in enumerate(found.items(), start=1):
        caption = f"Money received a month in the last {period} by each group: “{view.titles[arm]}” against “{view.reference}”"
        tables.append(
            comparison_table(
                numbered("Who gained and lost", place, several),
                caption,
                rows,
                view.reference,
                view.titles[arm],
                head="Group",
                note=ALL_RECEIPTS,
            )
        )
    own = tables[-len(found) :]
    words = " ".join(winner_words(rows, view.titles[arm]) for arm, rows in found.items())
    note = f"{ALL_RECEIPTS} A loss next door is a loss."
    wide = _winner_chart(view, found, "who-gained-and-lost", "Differences in money received", residents=False)
    near = _winner_chart(view, found, "residents-who-gained-and-lost", "Differences in money received by residents", residents=True)
    charts = [(wide, words, note), (near, RESIDENTS, "")] if wide else [(near, words, note)]
    block = join([chart_block(chart, said, own[0], after) for chart, said, after in charts if chart])
    more = [render_details(table, f"The numbers for {table.caption.partition(': ')[2]}") for table in own[1:]]
    return join([element("h3", "Who gained and who lost"), _region_words(view), block, *more])


def _winner_chart(view: View, found: Mapping[str, Sequence[Compared]], name: str, title: str, *, residents: bool) -> Markup:
    """The chart of residents, or that of all others: what firms receive is so much more that one scale would hide the residents."""
    chosen = {arm: [row for row in rows if row.label.endswith(" of residents") is residents] for arm, rows in found.items()}
    series = [IntervalSeries(view.titles[arm], arm_style(view.result.arms.index(arm)), rows) for arm, rows in chosen.items()]
    labels = [row.label for row in next(iter(chosen.values()))]
    if not labels:
        return Markup("")
    words = " ".join(winner_words(rows, view.titles[arm]) for arm, rows in chosen.items())
    unit = f"difference, {view.symbol} a month (line: 95% interval; filled mark: told from luck when taken alone)"
    return interval_chart(name, labels, series, Amount("money", view.symbol), unit, f"{title}. {words}")


def winner_words(rows: Sequence[Compared], title: str) -> str:
    """Who receives more and who less, of those that can be told from luck."""
    more = [lower_first(row.label) + hint(row) for row in rows if row.is_told and row.mean > 0]
    less = [lower_first(row.label) + hint(row) for row in rows if row.is_told and row.mean < 0]
    if not more and not less:
        return f"“{title}”: no group's receipts differ by more than luck."
    parts = [f"more goes to {english_list(more)}" if more else "", f"less to {english_list(less)}" if less else ""]
    rest = "; the rest can't be told from luck" if len(more) + len(less) < len(rows) else ""
    return f"“{title}”: {'; '.join(part for part in parts if part)}{rest}."


def _region_words(view: View) -> Markup:
    """What the neighbours and the outside suppliers lost."""
    return bullets([sentence for arm in view.others for sentence in region_sentences(view, arm)])


def region_sentences(view: View, arm: str) -> list[str]:
    """What the neighbours and the suppliers further away lost or gained with an arm, one sentence each."""
    return [
        f"{row.label}, “{view.titles[arm]}”: {difference_words(row)}."
        for row in view.several(arm, ("region_receipts", "outside_supplier_receipts"))
    ]


def _hidden(view: View, tables: list[Table]) -> Markup:
    """What the headline share hides."""
    if "retention_place/all" not in view.series_names:
        return Markup("")
    parts: list[object] = [
        element("h3", "What the headline share hides"),
        element(
            "p",
            "The share that councils publish counts every supplier with an address in the place. A branch of an outside firm counts, "
            "though "
            "its profit leaves; so does a firm that passes the work on to others outside. "
            "The share that truly stays leaves out both.",
        ),
    ]
    parts.append(bullets([words for arm in view.shown_arms for words in hidden_sentences(view, arm)]))
    parts.append(_owner_chart(view, tables))
    several = len(view.shown_arms) > 1
    for place, arm in enumerate(view.shown_arms, start=1):
        rows = view.several(arm, HIDDEN)
        caption = f"Behind the headline share: “{view.titles[arm]}”, {view.window_words}"
        table = comparison_table(numbered("Behind the share", place, several), caption, rows, view.reference, view.titles[arm])
        anchors = _by_anchor(view, arm, place, several)
        parts += [render_table(table, "wide"), render_details(anchors, "Share with suppliers in the place, anchor by anchor")]
        tables += [table, anchors]
    return join(parts)


def hidden_sentences(view: View, arm: str) -> list[str]:
    """What the headline share hides, in one sentence; none where it was not recorded."""
    share, branches, stays = (
        view.compared(arm, name) for name in ("retention_place/all", "spend_by_owner/branches", "retention_stays/all")
    )
    if share is None or branches is None or stays is None:
        return []
    shown = [level(row.value, row.amount).shown for row in (share, branches, stays)]
    if not view.is_comparison:
        return [f"Of the {shown[0]} of contract money with suppliers in the place, {shown[1]} is with branches; {shown[2]} truly stays."]
    return [
        f"Behind the {shown[0]} with “{view.titles[arm]}”: {shown[1]} of all contract money is with branches of outside firms, "
        f"{_against(branches)}; {shown[2]} truly stays for the first round, {_against(stays)}."
    ]


def _against(row: Compared) -> str:
    """The level of the reference and the difference from it."""
    return f"against {level(row.reference, row.amount).shown} in the reference, {difference_words(row, short=True, beside=True)}"


def _by_anchor(view: View, arm: str, place: int, several: bool) -> Table:
    """The headline share of each anchor."""
    titles = anchor_titles(view, arm)
    names = [name for name in view.keys("retention_place") if name != "all"]
    rows = []
    for name in names:
        row = view.compared(arm, f"retention_place/{name}")
        if row is not None:
            rows.append(_renamed(row, titles.get(name, name)))
    caption = f"Share of each anchor's contract money with suppliers in the place: “{view.titles[arm]}”, {view.window_words}"
    return comparison_table(numbered("Share by anchor", place, several), caption, rows, view.reference, view.titles[arm], head="Anchor")


def _renamed(row: Compared, label: str) -> Compared:
    """The same comparison with another label."""
    return replace(row, label=label)


def _owner_chart(view: View, tables: list[Table]) -> Markup:
    """Contract money by who owns the supplier."""
    names = [(series, words) for series, words in OWNERS if series in view.series_names]
    if not names or "retention_region/all" not in view.series_names:
        return Markup("")
    labels = [*(words for _, words in names), "Suppliers next door", "Suppliers further away"]
    shares = [_owner_shares(view, arm, [series for series, _ in names]) for arm in view.result.arms]
    titles = [view.titles[arm] for arm in view.result.arms]
    table = Table(
        "Contract money by supplier",
        f"Contract money of all anchors by who owns the supplier, {view.window_words}, % of contract spend, mean of "
        f"{len(view.result.seeds)} runs",
        [Column("Supplier", numeric=False, width=34), *(Column(title, width=20) for title in titles)],
        [[text(label), *(level(share[place], Amount("share")) for share in shares)] for place, label in enumerate(labels)],
        "Intervals of these shares are in the table “Behind the share”.",
    )
    tables.append(table)
    here = len(names)
    words = "; ".join(
        f"“{title}”: {level(sum(share[:here]), Amount('share')).shown} of contract money is with suppliers in the place: "
        f"{level(sum(share[: here - 1]), Amount('share')).shown} with owners here, co-operatives and community firms among them, "
        f"{level(share[here - 1], Amount('share')).shown} with branches of outside firms"
        for title, share in zip(titles, shares, strict=True)
    )
    unit = unit_words("share of contract spend", "share", view.symbol)
    parts = [(label, owner_colour(label)) for label in labels]
    chart = share_chart("contract-money-by-supplier", titles, parts, shares, unit, f"Contract money by who owns the supplier. {words}.")
    return chart_block(chart, words + ".", table)


def _owner_shares(view: View, arm: str, names: Sequence[str]) -> list[float]:
    """Parts of the contract money of an arm, the mean over runs and the last months."""
    known = [float(np.nanmean(view.by_seed(name, arm))) for name in names]
    region = float(np.nanmean(view.by_seed("retention_region/all", arm)))
    return [*known, region, max(1.0 - sum(known) - region, 0.0)]
