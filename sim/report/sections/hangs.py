"""What the answer hangs on: the sensitivity of an experiment that was given with the result, or how to make one."""

from __future__ import annotations

import shlex

from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import count, plain
from sim.report.section import Section, bullets
from sim.report.sections.unmade import commands, scenario_word
from sim.report.standing import Standing
from sim.report.sweep.hangs import hangs_section as of_experiment
from sim.report.sweep.headline import answer_sentence
from sim.report.sweep.view import SweepView

__all__ = ["hangs_section"]

TITLE = "What the answer hangs on"
NOT_TRIED = (
    "The intervals of this report hold luck alone. How far its answers hang on what was assumed (the figures marked as assumptions, and "
    "the settings of the policies) was not tried for this report, so nothing is said here. An experiment runs the same scenarios with "
    "other values of what is not known."
)


def hangs_section(view: View) -> Section | None:
    """The section; none for a result of one scenario without policies."""
    if view.sweep is not None:
        return _tried(view.sweep, view.result.months)
    arms = [arm for arm in view.shown_arms if view.result.scenarios[arm].get("policies")]
    return Section("hangs", TITLE, join([element("p", NOT_TRIED), _how(view, arms[-1])])) if arms else None


def _how(view: View, arm: str) -> Markup:
    """The commands that make an experiment about an arm, run it, and build this report with it."""
    standing = Standing(view.result.path)
    file, folder = f"{standing.short}-experiment.yaml", standing.beside(f"{standing.short}-experiment")
    lines = [
        ["localwealth", "new", "experiment", scenario_word(view, arm), "--out", file],
        ["localwealth", "sweep", file, "--out", folder],
        ["localwealth", "report", standing.name, *view.given, "--sweep", folder],
    ]
    lead = (
        f"To try it for “{view.titles[arm]}”, type {standing.words} (the first command writes a file to start from; look at what it varies "
        "before the second):"
    )
    return join([element("p", lead, class_="lead-in"), commands([shlex.join(line) for line in lines])])


def _tried(sweep: SweepView, months: int) -> Section:
    """What an experiment found, with what it was."""
    points, seeds = count(len(sweep.sweep.points)).shown, len(sweep.sweep.seeds)
    length = int(sweep.manifest.get("months") or months)
    other = "" if length == months else f" It goes over {length} months, this report over {months}."
    question = plain(sweep.manifest.get("question") or "")
    lead = (
        f"From the experiment “{sweep.title}”: {points} settings, each with {seeds} seed{'s' * (seeds != 1)}; the numbers are those of the "
        f"{sweep.period}.{other} Its own report says more."
    )
    found = of_experiment(sweep)
    said = [words for words in (answer_sentence(sweep), sweep.said("luck"), sweep.said("lost")) if words]
    parts = [element("p", question, class_="quoted") if question else "", element("p", lead), bullets(said), found.body]
    return Section("hangs", TITLE, join(parts), found.tables)
