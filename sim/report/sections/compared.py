"""What was compared: the policies and shocks of each arm, with what is known of each."""

from __future__ import annotations

from typing import Final

from sim.report.findings.policies import Use, uses_of
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import Cell, month_name, text
from sim.report.section import Section
from sim.report.table import Column, Table, render_table

__all__ = ["compared_section"]

NEIGHBOURS: Final = {
    "unchanged": "Other places go on as before",
    "same-policies": "The neighbouring region adopts the same policies: for each pound of contract work that they move from there to "
    "here, it moves a pound from here to there",
    "everywhere": "The neighbouring region and the rest of the country adopt the same policies: for each pound of contract work that "
    "they move from elsewhere to here, other places move a pound from here to there",
}


def compared_section(view: View) -> Section:
    """The section on arms and policies."""
    manifest = view.result.manifest
    dates = view.result.dates
    first = element(
        "p",
        f"Place: {view.place}. Months: {view.result.months}, from {month_name(dates[0])} to {month_name(dates[-1])}. "
        + ("The place is invented: nothing here was measured in a real town." if manifest["place"]["invented"] else ""),
    )
    columns = [Column("Scenario", numeric=False, width=28, on_page=False)]
    columns += [Column(title, numeric=False, width=width) for title, width in (("What", 26), ("When", 40), ("How much", 70))]
    uses = {arm: uses_of(view, arm) for arm in view.result.arms}
    table = Table("Policies", "Policies and shocks of each scenario", columns, [row for arm in uses for row in _rows(view, arm, uses[arm])])
    arms = [_arm(view, arm, uses[arm], table) for arm in uses]
    known = {use.declared.title: use for of_arm in uses.values() for use in of_arm}
    each = join([element("h3", "What is known of each policy"), element("dl", *(_known(use) for use in known.values()))]) if known else ""
    return Section("compared", "What was compared", join([first, *arms, each]), [table] if table.rows else [])


def _rows(view: View, arm: str, uses: list[Use]) -> list[list[Cell]]:
    """Policies of an arm as rows."""
    return [
        [
            text(view.titles[arm]),
            text(use.declared.title + (" (a shock)" if use.is_shock else "")),
            text(_sentence(use.timing)),
            text(_sentence(use.settings)),
        ]
        for use in uses
    ]


def _arm(view: View, arm: str, uses: list[Use], table: Table) -> Markup:
    """One arm: its note and its policies."""
    title = view.titles[arm]
    is_reference = view.is_comparison and arm == view.result.reference
    notes = view.result.scenarios[arm].get("settings", {}).get("notes", {}).get("value")
    parts: list[object] = [element("h3", f"{title} (the reference)" if is_reference else title)]
    parts.append(element("p", str(notes), class_="quoted") if notes else "")
    neighbours = str(view.result.scenarios[arm].get("settings", {}).get("neighbours", {}).get("value") or "unchanged")
    parts.append(element("p", f"{NEIGHBOURS.get(neighbours, f'Neighbouring region: {neighbours}')}."))
    own = Table(table.name, f"Policies and shocks of “{title}”", table.columns, _rows(view, arm, uses))
    parts.append(render_table(own) if uses else element("p", "No policy and no shock."))
    return join(parts)


def _known(use: Use) -> Markup:
    """What is known of one policy."""
    known = use.declared
    words: list[object] = [element("p", known.meaning)]
    if known.costs:
        words.append(element("p", element("strong", "Cost: "), known.costs))
    if known.source:
        words.append(element("p", element("strong", f"Evidence ({_mark(known.mark)}): "), known.source))
    if known.limits:
        words.append(element("p", element("strong", "Limits: "), known.limits))
    return join([element("dt", known.title), element("dd", *words)])


def _sentence(words: str) -> str:
    """Words as a sentence."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _mark(mark: str) -> str:
    """A mark in words."""
    return mark if mark == "assumption" else f"mark {mark}"
