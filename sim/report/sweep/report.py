"""The report of a stored experiment: report.html and report.xlsx in its folder, from nothing else."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.charts_folder import charts_section, drawings_of
from sim.report.markup import Markup, element
from sim.report.numbers import count, plain
from sim.report.page import contents, document, numbered_sections
from sim.report.section import Section
from sim.report.sweep.courses import courses_section
from sim.report.sweep.decision import decision_section, failing_section
from sim.report.sweep.enough import enough_section
from sim.report.sweep.failures import failures_section
from sim.report.sweep.hangs import hangs_section
from sim.report.sweep.headline import answer_sentence, experiment_section, lead
from sim.report.sweep.method import again_section, method_section
from sim.report.sweep.view import SweepView
from sim.report.written import refused, write_report
from sim.runs.sweep.manifest import is_reduced

if TYPE_CHECKING:
    from sim.runs.sweep.answers import Answers
    from sim.runs.sweep.answers.asked import Asked
    from sim.runs.sweep.stored import Sweep

__all__ = ["build_sweep_report", "plan_of", "report_of_answers", "sweep_page", "sweep_sections", "view_of_answers", "write_sweep_report"]

EXPERIMENT = "experiment.yaml"


def build_sweep_report(folder: str | os.PathLike[str], *, charts: bool = True) -> Path:
    """Build the report of a stored experiment.

    Parameters
    ----------
    folder : path
        The folder that sweep has written.
    charts : bool
        Whether each chart is written as a file of its own too, into a folder ``charts``.

    Returns
    -------
    Path
        ``report.html`` in that folder; ``report.xlsx`` lies beside it, the tables of the answers in ``answers``. All are replaced when
        they were there.

    Raises
    ------
    sim.errors.InputError
        When the folder is no experiment, when no run of it came to its end, or when the report can't be written there.

    Examples
    --------
    >>> from sim.report import build_sweep_report
    >>> build_sweep_report("results/spare-capacity")  # doctest: +SKIP
    """
    from sim.runs.sweep.answers import answers_of
    from sim.runs.sweep.stored import load_sweep
    from sim.runs.sweep.written_answers import write_answers

    sweep = load_sweep(folder)
    try:
        answers = write_answers(sweep) if sweep.complete else answers_of(sweep)
    except OSError as error:
        raise refused(
            sweep.path, f"the answers can't be written: {error.strerror or error}", "make the folder writable, or copy it"
        ) from None
    return write_sweep_report(view_of_answers(sweep, answers), sweep.path, charts=charts)


def report_of_answers(sweep: Sweep, answers: Answers) -> Path:
    """Build the report of a sweep whose answers have been worked out already.

    Parameters
    ----------
    sweep : Sweep
        The sweep.
    answers : Answers
        What `sim.runs.sweep.answers.answers_of` makes of it.
    """
    return write_sweep_report(view_of_answers(sweep, answers), sweep.path)


def view_of_answers(sweep: Sweep, answers: Answers) -> SweepView:
    """A sweep with its answers as the sections of the report look at it."""
    return SweepView(sweep, answers.tables, answers.sentences, sweep.path.name, plan_of(answers.asked), sweep.path)


def plan_of(asked: Asked) -> dict[str, str | float]:
    """What the answers are about, with the keys of an experiment's own plan.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> line = SimpleNamespace(value=0.0, above=True)
    >>> plan_of(SimpleNamespace(measure="jobs", scenario="a", difference=True, decision=line))
    {'measure': 'jobs', 'scenario': 'a', 'of': 'difference', 'above': 0.0}
    """
    plan: dict[str, str | float] = {
        "measure": asked.measure,
        "scenario": asked.scenario,
        "of": "difference" if asked.difference else "level",
    }
    return plan if asked.decision is None else {**plan, "above" if asked.decision.above else "below": asked.decision.value}


def write_sweep_report(view: SweepView, folder: Path, *, charts: bool = True) -> Path:
    """Write the report of an experiment that has been read already.

    Parameters
    ----------
    view : SweepView
        The experiment with its answers.
    folder : Path
        Where the report goes.
    charts : bool
        Whether each chart is written as a file of its own too.
    """
    if not view.at_points["seeds"].any():
        raise refused(folder, "no run of this experiment came to its end, so there is nothing to report", "run it again")
    file = folder / EXPERIMENT
    sections = sweep_sections(view, file.read_text(encoding="utf-8") if file.is_file() else "")
    lines = [
        *(words for words in (str(view.manifest.get("question") or ""), answer_sentence(view)) if words),
        "The same numbers as report.html. Shares are stored as parts of 1 and shown as percentages; differences of shares are in points.",
        "Money is in the currency of the place, prices as in the model. Every run is in runs.parquet, in the folder of the experiment.",
    ]
    if view.manifest.get("command"):
        lines.append(f"Made again with: {view.manifest['command']}")
    drawings = drawings_of(sections) if charts else None
    listed = charts_section(drawings) if drawings else None
    sections += [listed] if listed else []
    tables = [table for section in sections for table in section.tables]
    title = f"localwealth experiment: {view.title}"
    created = str(view.manifest.get("created") or "")
    return write_report(folder, sweep_page(view, sections), title, lines, tables, created, drawings, source_words(view))


def source_words(view: SweepView) -> str:
    """Where the charts of an experiment are from, for those who meet one alone."""
    points, seeds = count(len(view.sweep.points)).shown, len(view.sweep.seeds)
    place = plain(view.manifest.get("place_title") or view.manifest.get("place") or "one place")
    warning = " An invented place: not to be quoted for a real one." if view.manifest.get("invented") else ""
    words = f"Source: localwealth, a model of {place}; the experiment “{view.title}”: {points} settings, each with {seeds} seed"
    return f"{words}{'s' * (seeds != 1)}.{warning}"


def sweep_sections(view: SweepView, experiment: str = "") -> list[Section]:
    """The sections of the report in their order.

    Parameters
    ----------
    view : SweepView
        The experiment with its answers.
    experiment : str
        The file of the experiment as stored; empty when it is not there.
    """
    return [
        experiment_section(view),
        courses_section(view),
        hangs_section(view),
        decision_section(view),
        failing_section(view),
        enough_section(view),
        failures_section(view),
        method_section(view),
        again_section(view, experiment),
    ]


def sweep_page(view: SweepView, sections: Sequence[Section]) -> str:
    """The whole page: HTML in UTF-8 without any outside resource."""
    kind = element("p", "localwealth experiment", class_="kind")
    header = element("header", kind, element("h1", view.title), lead(view), _banner(view))
    return document(view.title, [header, contents(sections), numbered_sections(sections)], skip=("Go to the answer", "#answer"))


def _banner(view: SweepView) -> Markup:
    """What a reader must know before anything else."""
    words = []
    runs = len(view.sweep.points) * len(view.sweep.seeds)
    if not view.sweep.complete:
        made = int(view.at_points["seeds"].sum())
        words.append(f"This experiment is not complete: {count(made).shown} of {count(runs).shown} runs came to their end.")
    if is_reduced(view.manifest):
        words.append(
            "This is a quick look: fewer settings, seeds and months than the experiment asks for. It is no answer to its question."
        )
    if view.manifest.get("invented"):
        place = view.manifest.get("place_title") or "This"
        words.append(f"{place} is an invented place. Nothing here may be quoted for a real one.")
    if len(view.sweep.seeds) == 1:
        words.append("There is one seed, so nothing here can be told from luck. Ten or more are better.")
    failed = len(view.sweep.failures.drop_duplicates(["point", "seed"])) if len(view.sweep.failures) else 0
    if failed:
        words.append(f"{count(failed).shown} of {count(runs).shown} runs failed and are left out: see “Runs that failed”.")
    return element("div", *(element("p", line) for line in words), class_="banner", role="note") if words else Markup("")
