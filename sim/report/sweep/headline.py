"""The first section of the report of an experiment: the question, the answer with its interval, and every measure in one table."""

from __future__ import annotations

import math

import numpy as np

from sim.report.comparison_table import bare
from sim.report.findings.comparison import Compared
from sim.report.markup import Markup, element, join
from sim.report.numbers import Cell, count, english_list, text
from sim.report.section import Section, bullets
from sim.report.sweep.view import SweepView, answers_at
from sim.report.table import Column, Table, render_table
from sim.report.words import interval_words, measured_words
from sim.runs.statistics import differences
from sim.runs.statistics.differences import mean_intervals

__all__ = ["answer_sentence", "experiment_section", "first_rows", "lead", "overall"]

#: Measures in the table of the page; the workbook holds all.
SHOWN = 24


def experiment_section(view: SweepView) -> Section:
    """The section with the answer in numbers."""
    parts: list[object] = [element("p", what_was_run(view))]
    parts.append(bullets([words for words in (_told(view), view.said("luck"), view.said("lost")) if words]))
    table = _answers_table(view)
    parts.append(render_table(first_rows(table), "wide"))
    return Section("answer", "The answer in numbers", join(parts), [table])


def answer_sentence(view: SweepView) -> str:
    """The one sentence that answers the question, as sure as the numbers allow."""
    found = view.at_points[np.isfinite(view.at_points["mean"])]
    if found.empty:
        return "There is no answer: no run of this experiment came to its end."
    settings = f"{count(len(found)).shown} setting{'s' * (len(found) != 1)}"
    if view.is_difference and (found["told"] == "same").all():
        return f"No visible change. {view.what}: exactly the same in every run, at all {settings}."
    compared = _compared(view)
    where = f"on average over {settings}, " if len(found) > 1 else ""
    words = f"{_subject(view)}: {where}{_difference(view, compared)}."
    if len(found) > 1 and float(np.ptp(found["mean"])) <= 1e-12 * float(found["mean"].abs().max()):
        words += " No visible change: it is the same at every setting."
    elif len(found) > 1:
        words += f" From one setting to another it goes from {view.span(float(found['mean'].min()), float(found['mean'].max()))}."
    return words


def _subject(view: SweepView) -> str:
    """What the answer is about."""
    if not view.is_difference:
        return f"{view.label(view.measure)} with “{view.titles[view.arm]}”"
    return f"{view.label(view.measure)}, “{view.titles[view.arm]}” against “{view.titles[view.sweep.reference]}”"


def _compared(view: SweepView) -> Compared:
    """The answer over all settings as a comparison."""
    mean, low, high = overall(view, view.measure, view.arm)
    decision = differences.HIGHER if low > 0 else differences.LOWER if high < 0 else differences.NO_DIFFERENCE
    decision = differences.TOO_FEW if math.isnan(low) or view.few_agree else decision
    amount, seeds = view.amount(view.measure), len(view.sweep.seeds)
    return Compared(view.label(view.measure), "", amount, math.nan, math.nan, mean, low, high, decision, seeds)


def _difference(view: SweepView, compared: Compared) -> str:
    """A difference or a level with its interval, as sure as the numbers allow."""
    if not view.is_difference:
        interval = view.span(compared.low, compared.high)
        sure = f"95% interval {interval}; {seeds_words(view)}" if interval else "one seed, so there is no interval"
        sure = f"{seeds_words(view)} that agree exactly, which is no proof that others would" if view.few_agree else sure
        return f"{view.cell(compared.mean).shown} ({sure})"
    if compared.decision == differences.TOO_FEW:
        few = f"{seeds_words(view)} that agree exactly" if view.few_agree else "one seed"
        return f"{measured_words(compared)}, with {few}, so it can't be told from luck"
    sure = f"{interval_words(compared)}; {seeds_words(view)}"
    if not compared.is_told:
        return f"no visible change: no difference that can be told from luck (measured {measured_words(compared)}; {sure})"
    return f"{measured_words(compared)} ({sure})"


def overall(view: SweepView, measure: str, arm: str, month: int = 0) -> tuple[float, float, float]:
    """Mean over all settings with its interval over seeds: each seed is averaged over the settings first."""
    values = view.answers(measure, arm, month).to_numpy(dtype=np.float64, na_value=np.nan)
    whole = values[np.isfinite(values).all(axis=1)]
    if not len(whole):
        at = answers_at(view.answers(measure, arm, month))["mean"]
        return float(at.mean()), math.nan, math.nan
    mean, low, high, _ = (float(part[0]) for part in mean_intervals(whole.mean(axis=0)[:, None]))
    return mean, low, high


def seeds_words(view: SweepView) -> str:
    """How many seeds."""
    seeds = len(view.sweep.seeds)
    paired = "paired " if view.is_difference else ""
    return f"{count(seeds).shown} {paired}seed{'s' * (seeds != 1)}"


def what_was_run(view: SweepView) -> str:
    """Scenarios, settings, seeds and months in a sentence."""
    settings, arms = len(view.sweep.points), len(view.sweep.arms)
    seeds = len(view.sweep.seeds)
    months = view.manifest.get("months")
    length = f" of {count(int(months)).shown} months" if months else ""
    names = english_list([f"“{title}”" for title in view.titles.values()])
    runs = settings * seeds * arms
    words = (
        f"{names} {'was' if arms == 1 else 'were'} run at {count(settings).shown} setting{'s' * (settings != 1)} of what varies, each "
        f"with {count(seeds).shown} seed{'s' * (seeds != 1)}: {count(runs).shown} town{'s' * (runs != 1)}{length}. "
    )
    if arms > 1:
        words += (
            f"Differences are from “{view.titles[view.sweep.reference]}” with the same seed at the same setting, so that both have the "
            "same luck. "
        )
    return words + (
        f"Numbers are those of the {view.period} of a run, unless something else is said. A setting is one value of everything that "
        "varies; the files count settings from 0, in a column called point."
    )


def _told(view: SweepView) -> str:
    """At how many settings the answer can be told from luck."""
    if not view.is_difference or len(view.at_points) < 2:
        return ""
    told = view.at_points["told"]
    names = {
        differences.HIGHER: "higher",
        differences.LOWER: "lower",
        "luck": "no difference that can be told from luck",
        "same": "exactly the same (no visible change)",
        "few": "too few seeds to tell from luck",
        "none": "no run that came to its end",
    }
    parts = [f"{name} at {count(int((told == key).sum())).shown}" for key, name in names.items() if (told == key).any()]
    alarms = differences.expected_false_alarms(int(told.isin([differences.HIGHER, differences.LOWER, "luck"]).sum()))
    note = f" If nothing were there, about {alarms:.0f} of them would look like a difference by luck." if alarms >= 0.5 else ""
    return f"Of {count(len(told)).shown} settings: {english_list(parts)}.{note}"


def _answers_table(view: SweepView) -> Table:
    """Every measure of every scenario over all settings."""
    difference = "Difference, " if view.is_difference else ""
    columns = [
        Column("Measure", numeric=False, width=44),
        Column("Unit", numeric=False, width=26, on_page=False),
        Column("Scenario", numeric=False, width=34),
        Column(f"{difference}mean of all settings" if difference else "Mean of all settings", width=16),
        Column("95% interval over seeds, from", width=16),
        Column("to", width=16),
        Column("Lowest setting", width=16),
        Column("Highest setting", width=16),
    ]
    if view.is_difference:
        columns += [Column("Settings told higher", width=14), Column("Settings told lower", width=14)]
    order = [view.measure, *(name for name in view.sweep.measures if name != view.measure)]
    rows = [_answers_row(view, measure, arm) for measure in order for arm in view.shown_arms]
    caption = f"All measures over {count(len(view.sweep.points)).shown} settings"
    caption += f": differences from “{view.titles[view.sweep.reference]}”" if view.is_difference else ""
    note = "Told: the 95% interval of the setting leaves out nought." if view.is_difference else ""
    return Table("Answers", caption, columns, rows, note)


def _answers_row(view: SweepView, measure: str, arm: str) -> list[Cell]:
    """One measure of one scenario."""
    at = answers_at(view.answers(measure, arm))
    parts = (*overall(view, measure, arm), float(at["mean"].min()), float(at["mean"].max()))
    beside = max((abs(part) for part in parts if math.isfinite(part)), default=0.0)
    unit = view.unit(measure)
    head = [text(view.label(measure), unit), text(unit), text(view.titles[arm])]
    cells = [bare(view.cell(part, beside, measure)) for part in parts]
    told = [count(int((at["told"] == side).sum())) for side in (differences.HIGHER, differences.LOWER)] if view.is_difference else []
    return [*head, *cells, *told]


def first_rows(table: Table, most: int = SHOWN) -> Table:
    """The table as the page shows it."""
    left = len(table.rows) - most
    if left <= 0:
        return table
    note = f"{table.note} {count(left).shown} more rows: sheet “{table.name}” of report.xlsx.".strip()
    return Table(table.name, table.caption, table.columns, table.rows[:most], note)


def lead(view: SweepView) -> Markup:
    """Question and answer for the head of the page."""
    question = str(view.manifest.get("question") or "")
    asked = element("p", question, class_="lead") if question else Markup("")
    return join([asked, element("p", answer_sentence(view), class_="lead")])
