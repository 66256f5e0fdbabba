"""Everything a sweep says about uncertainty: tables and plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.runs.number_words import number_text
from sim.runs.sweep.answers.asked import Asked, StoredSweep, asked_of, measure_facts, sample_of_measure
from sim.runs.sweep.answers.convergence import points_table, seeds_table
from sim.runs.sweep.answers.decision import decision_table, points_beyond
from sim.runs.sweep.answers.discovery import discovery_of
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

__all__ = ["Answers", "answers_of"]


@dataclass(frozen=True)
class Answers:
    """What a sweep says.

    Parameters
    ----------
    asked : Asked
        What the answers are about.
    tables : dict of str to DataFrame
        sensitivity, tornado, decision, standing, discovery, convergence; a table without rows where nothing can be said.
    sentences : dict of str to str
        headline, luck, and one for each table; "lost" where runs were left out.
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
        answers.sentences["headline"] = "No point has an answer with any seed: every run failed, or the measure does not exist there."
        return answers
    facts = measure_facts(sweep, asked.measure)
    answers.sentences["luck"] = luck_sentence(sample)
    if lost_sentence(sample):
        answers.sentences["lost"] = lost_sentence(sample)
    _add_sensitivity(answers, sweep, sample)
    answers.tables["tornado"] = tornado_table(sample)
    answers.sentences["tornado"] = tornado_sentence(answers.tables["tornado"], facts)
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
    """What is asked, and how far the answer reaches over the points."""
    asked = answers.asked
    what = f"{facts['title']} in {asked.scenario}" + (", compared with the reference" if asked.difference else "")
    low, middle, high = (
        number_text(float(value), facts["kind"], facts["symbol"], signed=asked.difference)
        for value in np.quantile(sample.means, [0.05, 0.5, 0.95])
    )
    if low == high:
        return f"{what}: {middle} at nearly every point."
    return f"{what}: {middle} in the middle of all points, from {low} to {high} at nine in ten of them."
