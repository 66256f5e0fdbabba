"""How safe people's money is: savings against a month's costs, swings of income, by fifth of income and by neighbourhood."""

from __future__ import annotations

from typing import Final

from sim.measures.precarity import FIFTHS
from sim.report.comparison_table import comparison_table
from sim.report.findings.view import View
from sim.report.markup import element, join
from sim.report.section import Section, arm_heading, bullets, numbered
from sim.report.table import Table, render_details, render_table

__all__ = ["security_section"]

SAFE: Final = (
    "months_of_cover",
    "under_one_month/all",
    *(f"under_one_month/{fifth}" for fifth in FIFTHS),
    "income_dips",
    "income_swings/all",
    *(f"income_swings/{fifth}" for fifth in FIFTHS),
)
BY_FIFTH: Final = tuple(f"{measure}/{fifth}" for measure in ("fifth_income", "fifth_spending", "fifth_retention") for fifth in FIFTHS)
YEARLY: Final = "Fifths of usual income are set once a year, and people stay in theirs until the next time."
FIFTH: Final = (
    f"{YEARLY} “Mean usual income of the poorest fifth” "
    "in the section before takes whoever has least in each month, so the two differ. Neighbourhoods are in the section before."
)
LEAD: Final = (
    "Savings are compared with a month's shopping, rent and mortgage interest; income of a month with the smoothed income that people "
    "spend by. How savings are spread over people at the opening is an assumption of the place: trust differences more than levels."
)


def security_section(view: View) -> Section | None:
    """The section; none where nothing of it was recorded."""
    if not view.recorded(SAFE):
        return None
    tables: list[Table] = []
    parts: list[object] = [element("p", LEAD)]
    several = len(view.shown_arms) > 1
    for place, arm in enumerate(view.shown_arms, start=1):
        parts.append(arm_heading("Savings and swings", view.titles[arm], several))
        name = numbered("Security", place, several)
        tables.append(_table(view, arm, name, "Savings and swings of income", SAFE, YEARLY))
        parts.append(render_table(tables[-1], "wide"))
        if view.recorded(BY_FIFTH):
            name = numbered("By fifth", place, several)
            tables.append(_table(view, arm, name, "Income, spending and what stays, by fifth", BY_FIFTH, FIFTH))
            parts.append(render_details(tables[-1], f"Table: {tables[-1].caption}"))
    return Section("security", "How safe people's money is", join([*parts, _meanings(view)]), tables)


def _table(view: View, arm: str, name: str, caption: str, series: tuple[str, ...], note: str = "") -> Table:
    """Series of one arm compared."""
    words = f"{caption}: “{view.titles[arm]}”, {view.window_words}"
    rows, drawn = view.several(arm, series), name.startswith("Security")
    return comparison_table(name, words, rows, view.reference, view.titles[arm], drawn=drawn, note=note)


def _meanings(view: View) -> object:
    """What each measure means, and where it is from."""
    names = list(dict.fromkeys(name.partition("/")[0] for name in view.recorded(SAFE)))
    lines = [f"{view.facts(name).title}: {view.facts(name).meaning} {view.facts(name).source}" for name in names]
    return element("details", element("summary", "What each of these means, and who defined it"), bullets(lines))
