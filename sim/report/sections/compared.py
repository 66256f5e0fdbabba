"""What was compared: the policies and shocks of each arm, with what is known of each."""

from __future__ import annotations

from sim.report.findings.policies import Use, uses_of
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import month_name, text
from sim.report.section import Section
from sim.report.table import Column, Table

__all__ = ["compared_section"]


def compared_section(view: View) -> Section:
    """The section on arms and policies."""
    manifest = view.result.manifest
    dates = view.result.dates
    first = element(
        "p",
        f"Place: {view.place}. Months: {view.result.months}, from {month_name(dates[0])} to {month_name(dates[-1])}. "
        + ("The place is invented: nothing here was measured in a real town." if manifest["place"]["invented"] else ""),
    )
    arms = [_arm(view, arm) for arm in view.result.arms]
    rows = [
        [text(view.titles[arm]), text(use.declared.title), text("shock" if use.is_shock else "policy"), text(use.timing), text(use.settings)]
        for arm in view.result.arms
        for use in uses_of(view, arm)
    ]
    columns = [Column(title, numeric=False, width=width) for title, width in (("Scenario", 28), ("What", 26), ("Kind", 8), ("When", 36), ("How much", 60))]
    table = Table("Policies", "Policies and shocks of each scenario", columns, rows)
    return Section("compared", "What was compared", join([first, *arms]), [table])


def _arm(view: View, arm: str) -> Markup:
    """One arm: its note and its policies."""
    title = view.titles[arm]
    is_reference = view.is_comparison and arm == view.result.reference
    notes = view.result.scenarios[arm].get("settings", {}).get("notes", {}).get("value")
    uses = uses_of(view, arm)
    parts: list[object] = [element("h3", f"{title} (the reference)" if is_reference else title)]
    parts.append(element("p", str(notes), class_="quoted") if notes else "")
    parts.append(element("dl", *(_use(use) for use in uses)) if uses else element("p", "No policy and no shock."))
    return element("div", *parts, class_="keep-start")


def _use(use: Use) -> Markup:
    """One policy with what is known of it."""
    known = use.declared
    kind = " (a shock)" if use.is_shock else ""
    words: list[object] = [element("p", f"{known.meaning} {use.timing[:1].upper()}{use.timing[1:]}. {_sentence(use.settings)}")]
    if known.costs:
        words.append(element("p", element("strong", "Cost: "), known.costs))
    if known.source:
        words.append(element("p", element("strong", f"Evidence ({_mark(known.mark)}): "), known.source))
    if known.limits:
        words.append(element("p", element("strong", "Limits: "), known.limits))
    return join([element("dt", known.title + kind), element("dd", *words)])


def _sentence(settings: str) -> str:
    """Settings as a sentence."""
    return f"{settings[:1].upper()}{settings[1:]}." if settings else ""


def _mark(mark: str) -> str:
    """A mark in words."""
    return mark if mark == "assumption" else f"mark {mark}"
