"""How an experiment was done and how to make it again: design, what varied, scenarios, measures, seeds, versions, the file itself."""

from __future__ import annotations

import math
import shlex
from pathlib import Path
from typing import Final

from sim.report.markup import Markup, element, join
from sim.report.numbers import count, english_list, plain, text
from sim.report.section import Section, bullets
from sim.report.sections.method import english_versions, versions_table
from sim.report.standing import Standing
from sim.report.sweep.view import SweepView, entries_of
from sim.report.table import Column, Table, render_details, render_table

__all__ = ["again_section", "method_section"]

#: Seeds and letters of the experiment file that the page shows.
SEEDS: Final = 40
LETTERS: Final = 20_000
#: Settings that the workbook holds.
SETTINGS: Final = 20_000
DESIGNS: Final = {
    "grid": "A grid: every value of each thing with every value of all others.",
    "one-at-a-time": "One thing at a time: each is moved to its values while all others stand as usual. "
    "What things do only together is not seen.",
    "latin-hypercube": (
        "A Latin hypercube: the range of each thing is cut into as many equal parts as there are settings, and each part is drawn once "
        "(McKay, Beckman and Conover, Technometrics 21, 1979)."
    ),
    "sobol": (
        "Sobol's design: settings spread evenly over all ranges, and pairs of them that differ in one thing, so that the part of each in "
        "the variance of the answer can be worked out (Saltelli et al., Computer Physics Communications 181, 2010)."
    ),
    "morris": (
        "Morris's design: paths through the ranges on which one thing after the other takes one step, which shows with few settings what "
        "matters at all (Morris, Technometrics 33, 1991)."
    ),
}

#: What is said of each design beside its kind.
SETTINGS_OF: Final[dict[str, dict[str, str]]] = {
    "latin-hypercube": {"points": "settings", "seed": "seed of the design"},
    "sobol": {"points": "base sample", "second_order": "effects of pairs", "seed": "seed of the design"},
    "morris": {"trajectories": "paths", "levels": "levels", "seed": "seed of the design"},
}


def method_section(view: SweepView) -> Section:
    """The section on the method."""
    varied, measures = _varied_table(view), _measures_table(view)
    design = view.manifest.get("design") or {}
    kind = view.design
    settings = [f"{words} {design[name]}" for name, words in SETTINGS_OF.get(kind, {}).items() if design.get(name) not in (None, False)]
    words = DESIGNS.get(kind, f"Design: {kind}." if kind else "The design is not known.")
    words += f" Here: {', '.join(settings)}." if settings else ""
    parts: list[object] = [element("h3", "The design"), element("p", words), element("p", _luck(view))]
    parts += [element("h3", "What varied"), render_table(varied, "groups small-print")]
    parts += [
        element("h3", "The scenarios"),
        bullets(_scenarios(view)),
        element("h3", "The measures"),
        render_details(measures, "Unit and meaning of each measure"),
        printed(measures),
    ]
    notes = str(view.manifest.get("notes") or "")
    if notes:
        parts += [element("h3", "Notes of whoever wrote the experiment"), element("p", notes, class_="quoted")]
    return Section("method", "How it was done", join(parts), [varied, measures, _settings_table(view)])


def printed(table: Table) -> Markup:
    """Where a table is that paper does not show."""
    return element("p", f"All of it: sheet “{table.name}” of report.xlsx.", class_="print-only note")


def _luck(view: SweepView) -> str:
    """What seeds and intervals are."""
    words = (
        "Each setting was run with the same seeds, each seed with other luck. A resident, a firm or a bid that two runs know draws the "
        "same luck in both, so that what differs between two settings or two scenarios with one seed is what was changed, and the rest "
        "shows in how much the seeds differ. "
    )
    if len(view.sweep.seeds) < 2:
        return words + "There is one seed here, so nothing says how much of what is shown is luck."
    return words + "Intervals are made so that 95 of 100 hold the true mean: Student's t over the seeds, unless something else is said."


def _scenarios(view: SweepView) -> list[str]:
    """The scenarios with their names."""
    return [
        f"“{title}” ({arm}){', the reference' if arm == view.sweep.reference and len(view.titles) > 1 else ''}"
        for arm, title in view.titles.items()
    ]


def _varied_table(view: SweepView) -> Table:
    """Everything that varied."""
    entries = {str(item["name"]): item for item in entries_of(view.manifest.get("vary"))}
    columns = [
        Column("What varies", numeric=False, width=44),
        Column("Name in an experiment file", numeric=False, width=34, on_page=False),
        Column("Unit", numeric=False, width=22),
        Column("From"),
        Column("To"),
        Column("Usual"),
        Column("Values", numeric=False, width=30),
        Column("Mark", numeric=False, width=12),
        Column("Scenarios", numeric=False, width=34, on_page=False),
        Column("Meaning", numeric=False, width=70),
    ]
    rows = []
    for item in view.inputs:
        entry = entries.get(item.name, {})
        values = [item.cell(float(value)).shown for value in entry.get("values") or ()]
        shown = ", ".join(values[:12]) + (f" and {len(values) - 12} more" if len(values) > 12 else "")
        scenarios = english_list([view.titles.get(str(arm), str(arm)) for arm in entry.get("scenarios") or ()])
        usual = item.cell(item.usual) if math.isfinite(item.usual) else text("")
        cells = [item.cell(item.low), item.cell(item.high), usual, text(shown or "the whole range"), text(item.mark)]
        rows.append([text(item.label, item.name), text(item.name), text(item.unit), *cells, text(scenarios), text(item.meaning)])
    return Table(
        "What varied",
        "What varied, in what range",
        columns,
        rows,
        "Mark: how well the usual value is founded; “assumption” is a guess with a range.",
    )


def _measures_table(view: SweepView) -> Table:
    """Every measure of the experiment."""
    columns = [
        Column(title, numeric=False, width=width) for title, width in (("Measure", 44), ("Unit", 26), ("Meaning", 70), ("Source", 50))
    ]
    rows = [
        [text(view.label(name), name), text(view.facts(name).unit), text(view.facts(name).meaning), text(view.facts(name).source)]
        for name in view.sweep.measures
    ]
    return Table("Measures", "The measures: unit, meaning, source", columns, rows)


def _settings_table(view: SweepView) -> Table:
    """Settings with the answer there, for the workbook."""
    columns = [Column("Setting", width=10), *(Column(item.label, width=18) for item in view.inputs)]
    columns += [Column("Mean answer", width=16), Column("95% interval, from", width=16), Column("to", width=16), Column("Seeds", width=8)]
    at = view.at_points.head(SETTINGS)
    numbers = at[["mean", "low", "high"]].to_numpy(dtype=float)
    tried = view.sweep.points.reindex(at.index).to_numpy(dtype=float)
    rows = []
    for point, values, answer, seeds in zip(at.index, tried, numbers, at["seeds"], strict=True):
        head = [count(int(point)), *(item.cell(float(value)) for item, value in zip(view.inputs, values, strict=True))]
        rows.append([*head, *(view.cell(float(number)) for number in answer), count(int(seeds))])
    left = len(view.at_points) - len(at)
    note = f"{count(left).shown} more settings: points.parquet and summary.parquet." if left else ""
    return Table("Settings", f"Every setting with the answer there: {view.what}", columns, rows, note)


def again_section(view: SweepView, experiment: str = "") -> Section:
    """The section on how to make the experiment again.

    Parameters
    ----------
    view : SweepView
        The experiment.
    experiment : str
        The file of the experiment as stored; empty when it is not there.
    """
    manifest, standing = view.manifest, Standing(view.path or Path(view.folder))
    commands = [
        (
            "Make the whole experiment again (where it was run; what is there already is not run twice):",
            str(manifest.get("command") or ""),
        ),
        (
            f"Build this report again from what is stored, without running ({standing.words}):",
            shlex.join(["localwealth", "report", standing.name]),
        ),
    ]
    items: list[object] = [
        join([element("p", words, class_="lead-in"), element("pre", element("code", command))]) for words, command in commands if command
    ]
    items.append(bullets(_facts(view)))
    items.append(
        element(
            "p",
            "Everything lies in the folder of this report: experiment.yaml and the scenarios stand alone, runs.parquet holds every run, "
            "points.parquet every setting, failures.csv every failed run. The same experiment, seeds and version give the same bytes on "
            "any number of processors.",
        )
    )
    if experiment:
        shown = experiment if len(experiment) <= LETTERS else experiment[:LETTERS] + "\n…"
        items.append(
            element(
                "details",
                element("summary", "The experiment as it was run, with every range filled in"),
                element("pre", element("code", shown)),
            )
        )
    return Section("again", "How to make it again", join(items), [versions_table(manifest.get("versions") or {})])


def _facts(view: SweepView) -> list[str]:
    """Seeds, versions, when it was begun, and which months are kept."""
    seeds = [str(seed) for seed in view.sweep.seeds]
    facts = [f"Seeds: {', '.join(seeds[:SEEDS])}{f' and {len(seeds) - SEEDS} more' if len(seeds) > SEEDS else ''}."]
    if view.manifest.get("versions"):
        facts.append(f"Versions: {english_versions(view.manifest['versions'])}.")
    if view.manifest.get("created"):
        facts.append(f"Begun on {plain(view.manifest['created'])}.")
    months = list(view.manifest.get("keep") or ())
    if months:
        facts.append(
            f"Months whose values are kept beside the one number of each run: {english_list([str(month) for month in months[:24]])}."
        )
    return facts
