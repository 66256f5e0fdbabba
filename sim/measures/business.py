"""Business: firms, births, ends, survival, output."""

from __future__ import annotations

from sim.core.registry import measure
from sim.kinds.town import Town


@measure(
    name="firms",
    title="Firms and branches in the place",
    unit="sites",
    kind="count",
    meaning="Sites that sell in the place at the end of the month.",
    source="Count of firms.",
)
def firms(town: Town) -> float:
    """Number of firms."""
    return float(len(town.firms))


@measure(
    name="births",
    title="Firms founded",
    unit="firms a month",
    kind="count",
    meaning="Firms founded this month, by chance or by policy.",
    source="Foundings of the month.",
)
def births(town: Town) -> float:
    """Foundings."""
    return float(town.notes.births + town.notes.founded_by_policy)


@measure(
    name="deaths",
    title="Firms ended",
    unit="firms a month",
    kind="count",
    meaning="Firms that ended this month.",
    source="Ends of the month.",
)
def deaths(town: Town) -> float:
    """Ends."""
    return float(town.notes.deaths)


@measure(
    name="failures",
    title="Firms that could not pay their wages",
    unit="firms a month",
    kind="count",
    meaning="Firms that ended because wages were not paid in full three months in a row.",
    source="Ends of the month.",
)
def failures(town: Town) -> float:
    """Ends by failure."""
    return float(town.notes.failures)


@measure(
    name="first_year_survival",
    title="Firms founded one to two years ago that are still there",
    unit="share of firms founded 12 to 23 months ago",
    kind="share",
    meaning="Of the firms founded 12 to 23 months ago, those still there: between what survives one year and what survives two.",
    source="Births of the run and of the burn-in. Published for births of 2007 (ONS): 95.4% after one year, 81.1% after two.",
)
def first_year_survival(town: Town) -> float:
    """Living firms of a year's births."""
    window = range(town.month - 23, town.month - 11)
    born = sum(town.births_by_month.get(month, 0) for month in window)
    opening = -town.months_before
    mine = (town.firms["born"] >= max(window.start, opening + 1)) & (town.firms["born"] < window.stop) & ~town.firms["founded_by_policy"]
    return float(mine.sum()) / born if born else 1.0


@measure(
    name="output",
    title="Output of firms",
    unit="pounds a month at base prices",
    kind="money",
    meaning="What firms of the place make and sell.",
    source="The month's sales at base prices.",
)
def output(town: Town) -> float:
    """Output at base prices."""
    return float(town.firms["output"].sum()) / town.structure.minor_units


@measure(
    name="price_level",
    title="Prices of firms in the place",
    unit="ratio to base price",
    kind="ratio",
    meaning="Mean price weighted by output.",
    source="Firms' prices.",
)
def price_level(town: Town) -> float:
    """Output-weighted mean price."""
    made = town.firms["output"]
    return float((town.firms["price"] * made).sum() / made.sum()) if made.sum() > 0 else 1.0


@measure(
    name="link_changes",
    title="Usual sellers and suppliers changed",
    unit="links a month",
    kind="count",
    meaning="Residents who changed a usual seller and firms that changed a supplier this month.",
    source="Changes of the month.",
)
def link_changes(town: Town) -> float:
    """Changed links."""
    return float(town.notes.habit_changes + town.notes.link_changes)
