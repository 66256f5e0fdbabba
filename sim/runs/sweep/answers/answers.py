"""Everything a sweep says about uncertainty: tables and plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from sim.runs.statistics.differences import mean_intervals
from sim.runs.sweep.answers.asked import Asked, StoredSweep, asked_of, measure_facts, sample_of_measure
from sim.runs.sweep.answers.convergence import points_table, seeds_table
from sim.runs.sweep.answers.decision import decision_table, points_beyond
from sim.runs.sweep.answers.discovery import discovery_of
from sim.runs.sweep.answers.luck import agree_by_chance
from sim.runs.sweep.answers.sample import Sample
from sim.runs.sweep.answers.sensitivity import main_index, sensitivity_table
from sim.runs.sweep.answers.tornado import tornado_table
from sim.runs.sweep.answers.words import (
    decision_sentence,
    lost_sentence,
    luck_sentence,
    points_sentence,
    seeds_sentence,
    sensitivity_sentence,
    tornado_sentence,
)
from sim.runs.words.numbers import number_text

__all__ = ["Answers", "answers_of"]

#: Of fewer points the outer twentieths hold none.
FEWEST_FOR_NINE_IN_TEN: Final = 20


@dataclass(frozen=True)
class Answers:
    """What a sweep says.

    Parameters
    ----------
    asked : Asked
        What the answers are about.
    tables : dict of str to DataFrame
        sensitivity, tornado, decision, standing, failing, discovery, convergence; a table without rows where nothing can be said.
    sentences : dict of str to str
        headline, luck, and one for each table (`decision` speaks of standing too, `discovery` of failing); "lost" where runs were left out.
    """

    asked: Asked
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)


def answers_of(sweep: StoredSweep) -> Answers:
    """The answers of a sweep.

    Parameters
    ----------
    sweep : Sweep
        A stored sweep, whole or not.

    Returns
    -------
    Answers
        Tables and sentences. Indices of sensitivity are given for every measure of the sweep, all else for the one that is asked.
    """
    asked = asked_of(sweep)
    sample = sample_of_measure(sweep, asked, asked.measure)
    answers = Answers(asked)
    if not sample.values.size:
        answers.sentences["headline"] = "No setting has an answer with any seed: every run failed, or the measure does not exist there."
        return answers
    facts = measure_facts(sweep, asked.measure)
    answers.sentences["luck"] = luck_sentence(sample)
    if lost_sentence(sample):
        answers.sentences["lost"] = lost_sentence(sample)
    _add_sensitivity(answers, sweep, sample)
    answers.tables["tornado"] = tornado_table(sample)
    answers.sentences["tornado"] = tornado_sentence(answers.tables["tornado"], facts, sample)
    _add_decision(answers, sample)
    _add_discovery(answers, sample)
    _add_convergence(answers, sample)
    answers.sentences["headline"] = _headline(answers, sample, facts)
    return answers


def _add_sensitivity(answers: Answers, sweep: StoredSweep, sample: Sample) -> None:
    """Indices of every measure, the one that is asked first."""
    asked = answers.asked
    tables = [sensitivity_table(sample, asked.measure)]
    for measure in sweep.measures:
        other = sample if measure == asked.measure else sample_of_measure(sweep, asked, measure)
        if measure != asked.measure and other.values.size:
            tables.append(sensitivity_table(other, measure))
    filled = [table for table in tables if len(table)]
    answers.tables["sensitivity"] = pd.concat(filled, ignore_index=True) if filled else tables[0]
    answers.sentences["sensitivity"] = sensitivity_sentence(answers.tables["sensitivity"], asked.measure, sample)


def _add_decision(answers: Answers, sample: Sample) -> None:
    """Where the decision stands."""
    line = answers.asked.decision
    if line is None:
        answers.sentences["decision"] = "No decision is named in the experiment (answers, decision), so none can change."
        return
    answers.tables["decision"] = decision_table(sample, line)
    answers.tables["standing"] = points_beyond(sample, line)
    answers.sentences["decision"] = decision_sentence(answers.tables["decision"], answers.tables["standing"], line, sample)


def _add_discovery(answers: Answers, sample: Sample) -> None:
    """Where the policy fails."""
    line = answers.asked.failure
    if line is None:
        answers.sentences["discovery"] = "No failure is named in the experiment (answers, failure), so none can be looked for."
        return
    answers.tables["failing"] = points_beyond(sample, line).rename(columns={"stands": "fails"})
    found = discovery_of(sample, line)
    answers.tables["discovery"], answers.sentences["discovery"] = found.table, found.words


def _add_convergence(answers: Answers, sample: Sample) -> None:
    """Whether seeds and points are enough."""
    parts = [seeds_table(sample), points_table(sample)]
    filled = [table for table in parts if len(table)]
    answers.tables["convergence"] = pd.concat(filled, ignore_index=True) if filled else parts[0]
    main = main_index(list(answers.tables["sensitivity"]["index"]))
    answers.sentences["convergence"] = " ".join(part for part in (seeds_sentence(sample), points_sentence(parts[1], sample, main)) if part)


def _headline(answers: Answers, sample: Sample, facts: Mapping[str, str]) -> str:
    """What is asked: the mean over settings with its interval over seeds, and how far the answer reaches over the settings."""
    asked, count = answers.asked, len(sample.points)
    what = f"{facts['title']} in {asked.scenario}" + (", compared with the reference" if asked.difference else "")

    def shown(value: float) -> str:
        return number_text(float(value), facts["kind"], facts["symbol"], signed=asked.difference)

    mean, low, high, _ = (float(part[0]) for part in mean_intervals(sample.values.mean(axis=0)[:, None]))
    seeds = sample.values.shape[1]
    sure = f"95% interval {shown(low)} to {shown(high)}, {seeds} {'paired ' if asked.difference else ''}seeds"
    if agree_by_chance(sample.values):
        sure = f"{seeds} seeds that agree, which is no proof that others would"
    text = f"{what}: {shown(mean)} ({sure if seeds > 1 else 'one seed, so no interval'})"
    if count == 1:
        return f"{text} at the one setting."
    least, most = shown(sample.means.min()), shown(sample.means.max())
    if least == most:
        return f"{text} at every setting."
    if count < FEWEST_FOR_NINE_IN_TEN:
        return f"{text} on average over {count} settings, of which the lowest has {least} and the highest {most}."
    fifth, last = (shown(value) for value in np.quantile(sample.means, [0.05, 0.95]))
    reach = f"{fifth} at nine in ten of them" if fifth == last else f"from {fifth} to {last} at nine in ten of them"
    return f"{text} on average over {count} settings, {reach}."
