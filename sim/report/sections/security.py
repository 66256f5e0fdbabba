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
BY_PLACE: Final = ("neighbourhood_unemployment", "neighbourhood_below_living_wage", "neighbourhood_income")
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
    by_place = [f"{measure}/{name}" for measure in BY_PLACE for name in view.keys(measure)]
    for place, arm in enumerate(view.shown_arms, start=1):
        parts.append(arm_heading("Savings and swings", view.titles[arm], several))
        tables.append(_table(view, arm, numbered("Security", place, several), "Savings and swings of income", SAFE))
        parts.append(render_table(tables[-1], "wide"))
        for name, caption, series in (
            ("By fifth", "Income, spending and what stays, by fifth of income", BY_FIFTH),
            ("By neighbourhood", "Work, low pay and income by neighbourhood", tuple(by_place)),
        ):
            if view.recorded(series):
                tables.append(_table(view, arm, numbered(name, place, several), caption, series))
                parts.append(render_details(tables[-1], f"Table: {tables[-1].caption}"))
    return Section("security", "How safe people's money is", join([*parts, _meanings(view)]), tables)


def _table(view: View, arm: str, name: str, caption: str, series: tuple[str, ...]) -> Table:
    """Series of one arm compared."""
    words = f"{caption}: “{view.titles[arm]}”, {view.window_words}"
    return comparison_table(name, words, view.several(arm, series), view.reference, view.titles[arm], drawn=name.startswith("Security"))


def _meanings(view: View) -> object:
    """What each measure means, and where it is from."""
    names = list(dict.fromkeys(name.partition("/")[0] for name in view.recorded(SAFE)))
    lines = [f"{view.facts(name).title}: {view.facts(name).meaning} {view.facts(name).source}" for name in names]
    return element("details", element("summary", "What each of these means, and who defined it"), bullets(lines))
