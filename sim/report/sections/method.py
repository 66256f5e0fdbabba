"""How it was done: paired runs, intervals, the check of the accounts, warnings, and how to make the report again."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Mapping
from typing import Any

from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import count, plain, text
from sim.report.section import Section, bullets
from sim.report.standing import Standing
from sim.report.table import Column, Table, render_details, render_table

__all__ = ["again_section", "english_versions", "fingerprint", "method_section", "versions_table"]


def method_section(view: View) -> Section:
    """The section on the method."""
    tables: list[Table] = []
    parts = [_done(view), _intervals(view), _accounts(view, tables), _warnings(view, tables), _measures(view, tables)]
    return Section("method", "How it was done", join(parts), tables)


def _done(view: View) -> Markup:
    """What was done."""
    seeds = view.result.seeds
    words = (
        "The model is made of residents, firms, co-operatives, branches of outside firms and public anchors. Each month they are paid, "
        "buy, hire, "
        "borrow, bid for contracts and end or begin. Every payment is booked once, in whole pence, from one account to another, and every "
        "number of this report is worked out from those bookings and balances."
    )
    pairs = (
        f"Each scenario was run {count(len(seeds)).shown} times, each time with other luck (a seed). Runs with the same seed form a "
        f"pair: a "
        "resident, a firm or a bid that both scenarios know draws the same luck in both. The difference within a pair is therefore the "
        "policy, and what is left of luck shows in how much the pairs differ from each other."
    )
    return join([element("h3", "What was done"), element("p", words), element("p", pairs) if view.is_comparison else ""])


def _intervals(view: View) -> Markup:
    """How intervals were made."""
    facts: Mapping[str, Any] = view.result.manifest.get("statistics", {})
    share = f"{float(facts.get('confidence', 0.95)):.0%}"
    words = (
        f"A {share} interval is made in such a way that {share.rstrip('%')} of 100 such intervals hold the true difference. It is the "
        f"paired t "
        "interval: the pairs are few, each difference is a mean over very many residents and months, and for the mean of few such "
        "numbers that is "
        "the interval that keeps its promise. Where the differences are too lopsided for it, a second interval is made by drawing again "
        "from "
        "the differences themselves, and a difference counts only when both leave out nought."
    )
    tests, alarms = int(facts.get("tests", 0)), facts.get("expected_false_alarms", 0)
    many = (
        f"{count(tests).shown} differences were tested in all. If no policy did anything, about {alarms} of them would still look like a "
        "difference by luck. A star marks those that do not pass the stricter test that allows for this."
    )
    parts: list[object] = [element("h3", "Intervals and luck"), element("p", words)]
    if tests and view.is_comparison:
        parts.append(element("p", many))
    if facts.get("method"):
        parts.append(element("details", element("summary", "The same for statisticians"), element("p", str(facts["method"]))))
    return join(parts)


def _accounts(view: View, tables: list[Table]) -> Markup:
    """The check of the accounts."""
    facts = view.result.manifest["accounting"]
    words = (
        f"In all {count(facts['months_checked']).shown} months of {count(facts['runs']).shown} runs, {count(facts['bookings']).shown} "
        f"payments, "
        + (
            "no penny was made or lost: every payment left one account and reached another, and all accounts together held what they "
            "held before."
            if facts["closed"]
            else f"the accounts did not close: the largest gap is {count(facts['largest_residual']).shown} pence. Do not use these numbers."
        )
    )
    accounts = view.result.tables["accounts"]
    columns = [
        Column("Scenario", numeric=False, width=28),
        Column("Seed"),
        Column("Months checked"),
        Column("Payments booked"),
        Column("Largest gap, pence"),
    ]
    rows = [
        [
            text(view.titles.get(str(row["arm"]), row["arm"])),
            *(count(int(row[name])) for name in ("seed", "months_checked", "bookings", "largest_residual")),
        ]
        for row in accounts.to_dict("records")
    ]
    table = Table("Accounts", "The monthly check of the accounts, run by run", columns, rows)
    tables.append(table)
    return join([element("h3", "The check of the accounts"), element("p", words), render_details(table, "Run by run")])


def _warnings(view: View, tables: list[Table]) -> Markup:
    """Warnings of the runs."""
    frame = view.result.tables["warnings"]
    if frame.empty:
        return join([element("h3", "Warnings"), element("p", "No run gave a warning.")])
    found = frame.groupby(["arm", "warning"], observed=True)["seed"].nunique().reset_index(name="runs")
    columns = [Column("Warning", numeric=False, width=80), Column("Scenario", numeric=False, width=28), Column("Runs")]
    rows = [
        [text(row["warning"]), text(view.titles.get(str(row["arm"]), row["arm"])), count(int(row["runs"]))]
        for row in found.to_dict("records")
    ]
    table = Table("Warnings", "Warnings of the runs", columns, rows)
    tables.append(table)
    return join([element("h3", "Warnings"), render_table(table)])


def _measures(view: View, tables: list[Table]) -> Markup:
    """What each measure means."""
    columns = [
        Column("Measure", numeric=False, width=44),
        Column("Unit", numeric=False, width=34),
        Column("Meaning", numeric=False, width=70),
    ]
    columns += [Column("Source", numeric=False, width=60), Column("A year in one number", numeric=False, width=20)]
    rules = {"mean": "mean of the months", "sum": "sum of the months", "last": "last month"}
    rows = [
        [
            text(facts.title or facts.name),
            text(facts.unit),
            text(facts.meaning),
            text(facts.source),
            text(rules.get(facts.summary, facts.summary)),
        ]
        for facts in view.result.measures.values()
    ]
    table = Table("Measures", "Every measure: unit, meaning, source", columns, rows)
    tables.append(table)
    note = element("p", "All of them, with unit, meaning and source: sheet “Measures” of report.xlsx.", class_="print-only note")
    return join(
        [element("h3", "What each measure means"), render_details(table, f"All {len(rows)} measures with meaning and source"), note]
    )


def again_section(view: View) -> Section:
    """The section on how to make the report again."""
    manifest = view.result.manifest
    standing = Standing(view.result.path)
    again = f"Build this report again from the stored result, without running ({standing.words}):"
    seeds = ", ".join(str(seed) for seed in view.result.seeds)
    versions = english_versions(manifest["versions"])
    commands = [
        ("Run the same again (in the folder in which it was run, where it names files of yours):", str(manifest["command"])),
        (again, shlex.join(["localwealth", "report", standing.name, *view.given])),
    ]
    items: list[object] = [
        join([element("p", words, class_="lead-in"), element("pre", element("code", command))]) for words, command in commands
    ]
    items.append(
        element(
            "p",
            "Each scenario as it was run, with every default filled in, lies in the result folder under scenarios/ and can be given to "
            "localwealth run as it is. The same scenario, seed and version give the same pence on any number of processors.",
        )
    )
    facts = [f"Seeds: {seeds}.", f"Versions: {versions}.", f"Run on {plain(manifest['created'])}, {view.result.months} months."]
    mark = fingerprint(view)
    if mark:
        facts.append(f"Fingerprint (SHA-256) of series.parquet: {mark}. The same runs give the same fingerprint.")
    table = versions_table(manifest["versions"])
    return Section("again", "How to make this report again", join([*items, bullets(facts)]), [table])


def versions_table(versions: Mapping[str, str]) -> Table:
    """Versions for the workbook."""
    columns = [Column("Package", numeric=False, width=24), Column("Version", numeric=False)]
    rows = [[text(name), text(version)] for name, version in versions.items()]
    return Table("Versions", "Versions of the program and what it rests on", columns, rows)


def english_versions(versions: Mapping[str, str]) -> str:
    """Versions in one line."""
    return ", ".join(f"{plain(name)} {plain(version)}" for name, version in versions.items())


def fingerprint(view: View) -> str:
    """Digest of the stored series; empty when the result lies in no folder."""
    if view.result.path is None:
        return ""
    return hashlib.sha256((view.result.path / "series.parquet").read_bytes()).hexdigest()
