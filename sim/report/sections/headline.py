"""The headline: what changed, by how much, how sure, and what could not be seen."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.comparison_table import comparison_table, power_table
from sim.report.findings.comparison import Compared
from sim.report.findings.policies import Use, uses_of
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import count, english_list
from sim.report.section import Section, bullets, numbered
from sim.report.table import Table, render_details, render_table
from sim.report.words import HINT_SIGN, SIGNS, finding, interval_words, lower_first, measured_words
from sim.runs.statistics import differences
from sim.runs.words.resilience import FOUR, held_without_shock

__all__ = ["headline_section", "headline_sentence"]

#: Measures told in full sentences before the table.
SENTENCES = 3


def headline_section(view: View) -> Section:
    """The first section."""
    parts: list[object] = [_what_was_compared(view)]
    tables: list[Table] = []
    several = len(view.shown_arms) > 1
    for place, arm in enumerate(view.shown_arms, start=1):
        rows = view.several(arm, view.result.manifest["headlines"])
        markup, of_arm = _arm(view, arm, rows, place, several)
        parts.append(markup)
        tables.extend(of_arm)
    return Section("headline", "What changed" if view.is_comparison else "What happened", join(parts), tables)


def headline_sentence(view: View, arm: str) -> str:
    """The one sentence about an arm: its first headline measure, as sure as the numbers allow."""
    rows = view.several(arm, view.result.manifest["headlines"])
    return finding(rows[0], view.titles[arm], view.reference) if rows else f"No measure was recorded for {view.titles[arm]}."


def _what_was_compared(view: View) -> Markup:
    """Arms, runs and months."""
    seeds = len(view.result.seeds)
    runs = f"{count(seeds).shown} run{'' if seeds == 1 else 's'}"
    months = view.result.months
    when = f"Numbers are those of the {view.window_words} of {months}, unless something else is said."
    if not view.is_comparison:
        return element("p", f"One scenario, “{view.reference}”, was run with {runs}, so there is nothing to compare it with. {when}")
    arms = english_list([f"“{view.titles[arm]}”" for arm in view.others])
    how = (
        f"{arms} {'is' if len(view.others) == 1 else 'are each'} compared with “{view.reference}” over {count(seeds).shown} pairs of runs. "
        "The two runs of a pair have the same luck where the policy leaves it the same: they differ by the policy and the luck it changes. "
    )
    return join([element("p", how, when), element("p", SIGNS, class_="note")])


def _arm(view: View, arm: str, rows: Sequence[Compared], place: int, several: bool) -> tuple[Markup, list[Table]]:
    """What was found about one arm."""
    title = view.titles[arm]
    if not rows:
        return element("p", f"No measure was recorded for “{title}”."), []
    months = f"{view.place}, {view.window_words} of {view.result.months}"
    pairs = rows[0].pairs
    compared = (
        f"“{title}” against “{view.reference}”: {months}, {count(pairs).shown} paired runs"
        if view.is_comparison
        else f"“{title}”: {months}"
    )
    table = comparison_table(numbered("Headline", place, several), compared, rows, view.reference, title, drawn=True)
    parts: list[object] = [element("h3", f"{title} against the reference") if several else ""]
    parts.append(_policies(view, arm))
    parts.append(bullets([finding(row, title, view.reference) for row in rows[:SENTENCES]]))
    parts.append(_told(rows) if view.is_comparison else "")
    parts.append(render_table(table, "wide"))
    tables = [table]
    unseen = [row for row in rows if row.decision == differences.NO_DIFFERENCE]
    if unseen:
        caption = f"“{title}”: what {count(pairs).shown} paired runs could and could not show"
        powers = power_table(numbered("What could be seen", place, several), caption, unseen)
        parts.append(render_details(powers, "How many runs it would take to see more"))
        tables.append(powers)
    return join(parts), tables


def _policies(view: View, arm: str) -> Markup:
    """What an arm does, in one paragraph."""
    uses = uses_of(view, arm)
    before = uses_of(view, view.result.reference) if view.is_comparison and arm != view.result.reference else []
    mine = [use for use in uses if use not in before]
    if not mine:
        return element("p", f"“{view.titles[arm]}” has no policy and no shock{' beyond those of the reference' if before else ''}.")
    words = english_list([f"{use.declared.title} ({use.timing})" for use in mine])
    more = element("a", "More on each.", href="#compared")
    return element("p", f"What it does{' beyond the reference' if before else ''}: {words}. {_mixed(view, arm, mine)}", more)


def _mixed(view: View, arm: str, uses: Sequence[Use]) -> str:
    """A warning where an arm has policies and a shock that the reference lacks: the differences are then not those of the policies."""
    if not (any(use.is_shock for use in uses) and any(not use.is_shock for use in uses)):
        return ""
    alone = "The differences below are those of the policies and the shock together. "
    return alone + ("" if arm in held_without_shock(view.result) else f"{FOUR} ")


def _told(rows: Sequence[Compared]) -> Markup:
    """What else changed, and what can't be told from luck."""
    rest = rows[SENTENCES:]
    told = [f"{lower_first(row.label)} ({_short(row)})" for row in rest if row.is_told]
    same = [lower_first(row.label) for row in rows if row.decision == differences.IDENTICAL]
    unseen = [lower_first(row.label) for row in rows if row.decision == differences.NO_DIFFERENCE]
    items: list[object] = []
    if told:
        items.append(join([element("strong", "Also changed (with 95% intervals): "), "; ".join(told), "."]))
    if unseen:
        items.append(join([element("strong", "No difference that can be told from luck: "), english_list(unseen), "."]))
    if same:
        items.append(join([element("strong", "Exactly the same: "), english_list(same), "."]))
    return bullets(items)


def _short(row: Compared) -> str:
    """A difference with its interval, and with a sign when it is a hint only."""
    ends = interval_words(row).removeprefix("95% interval ")
    return f"{measured_words(row)}, {ends}{f' {HINT_SIGN}' if row.weak else ''}"
