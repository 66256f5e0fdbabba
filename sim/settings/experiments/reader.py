"""An experiment file and the scenarios that it names, read into one experiment."""

from __future__ import annotations

from sim.core.registry import Measure, Registry
from sim.settings.experiment import AnswerPlan, Design, Experiment, Varied
from sim.settings.experiments.answers import read_answers
from sim.settings.experiments.design import check_fit, read_design
from sim.settings.experiments.keys import EXPERIMENT_KEYS, MOST_KEPT, MOST_RUNS
from sim.settings.experiments.lists import read_keep, read_measures, read_seeds
from sim.settings.experiments.scenarios import Arms, check_arms, read_arms
from sim.settings.experiments.size import points_in
from sim.settings.experiments.vary import Ground, read_vary
from sim.settings.frozen import FrozenMapping
from sim.settings.names import experiments_folder, name_of_file
from sim.settings.reading.files import SourceFile, read_text
from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.tree import Entry, Keys, Scalar
from sim.settings.reading.values import Values
from sim.settings.reading.yaml_reader import read_tree
from sim.settings.scenarios.keys import MOST_MONTHS, key_names
from sim.settings.scenarios.layer import Known

__all__ = ["experiment_name", "read_experiment", "read_experiment_heading"]

Path = tuple[str | int, ...]


def read_experiment(source: SourceFile, known: Known, measures: Registry[Measure], findings: Findings) -> Experiment | None:
    """Read an experiment file, and the scenarios that it names.

    Parameters
    ----------
    source : SourceFile
        The file.
    known : Known
        What its scenarios may name.
    measures : Registry of Measure
        What it may measure.
    findings : Findings
        Where problems go: those of its scenarios too, each with its own file and line.

    Returns
    -------
    Experiment or None
        None when there is any problem.
    """
    before = len(findings.problems)
    tree = read_tree(source, findings, "experiment")
    if tree is None:
        return None
    experiment = _Reader(Values(source, findings), known, measures).read(tree)
    return None if len(findings.problems) > before else experiment


def read_experiment_heading(source: SourceFile, findings: Findings) -> tuple[str, str]:
    """Title and question of an experiment file; nothing that it names is read."""
    tree = read_tree(source, findings, "experiment")
    values = Values(source, Findings())
    entries = [None if tree is None else tree.entry(name) for name in ("title", "question")]
    title, question = ("" if entry is None else values.text(entry.node, (entry.key,)) or "" for entry in entries)
    return title, question


def experiment_name(source: SourceFile) -> str:
    """Name of an experiment by its file: ``spare-capacity`` for a shipped one, the bare name for another."""
    return name_of_file(source, experiments_folder())


class _Reader:
    """Reads the keys of one file."""

    def __init__(self, values: Values, known: Known, measures: Registry[Measure]) -> None:
        self.values, self.known, self.registry = values, known, measures

    def read(self, tree: Keys) -> Experiment | None:
        """Everything that the file says; what is unfit is a finding."""
        self.check_keys(tree)
        title, question, notes = (self.text(tree, name) for name in ("title", "question", "notes"))
        arms = self.arms(tree)
        months = self.months(tree, arms)
        seeds = read_seeds(tree.entry("seeds"), self.values)
        measures = read_measures(tree.entry("measures"), self.registry, self.values)
        keep = read_keep(tree.entry("keep"), months, self.values)
        design, vary = self.design(tree, arms, months or MOST_MONTHS)
        answers = self.answers(tree, arms, measures)
        if design is not None and seeds and vary and months and not self.values.findings.problems:
            self.check_size(tree, design, vary, len(seeds), len(arms.scenarios) * len(measures) * (1 + len(keep)))
        if self.values.findings.problems or design is None or months is None:
            return None
        return Experiment(
            name=experiment_name(self.values.source),
            title=title,
            question=question,
            scenarios=FrozenMapping(arms.scenarios),
            months=months,
            seeds=seeds,
            design=design,
            vary=tuple(vary),
            measures=measures,
            keep=keep,
            answers=answers,
            notes=notes,
            text=read_text(self.values.source, Findings()) or "",
            path=self.values.source.path,
        )

    def check_keys(self, tree: Keys) -> None:
        """A finding for each key that is not declared, and for each that must be there and is not."""
        names = key_names(EXPERIMENT_KEYS)
        for entry in tree:
            if entry.key not in names:
                message = f"there is no key {entry.key!r} in an experiment file"
                self.values.found(Kind.UNKNOWN_KEY, entry.line, (entry.key,), message, given=entry.key, names=names)
        for key in EXPERIMENT_KEYS:
            if key.required and tree.entry(key.name) is None:
                message, remedy = f"{key.name!r} is missing: {key.meaning}", f"add '{key.name}:' with {key.allowed}"
                self.values.found(Kind.MISSING_KEY, 1, (key.name,), message, given="nothing", allowed=key.allowed, remedy=remedy)

    def text(self, tree: Keys, name: str) -> str:
        """Text of a key; empty when there is none."""
        entry = tree.entry(name)
        if entry is None or (name != "title" and isinstance(entry.node, Scalar) and entry.node.value is None):
            return ""
        return self.values.text(entry.node, (name,), empty=name != "title") or ""

    def arms(self, tree: Keys) -> Arms:
        """The scenarios; none when one of them can't be read."""
        entry = tree.entry("scenarios")
        if entry is None:
            return Arms({}, {})
        arms = read_arms(entry, self.known, self.values)
        check_arms(arms, entry, self.values)
        return arms

    def months(self, tree: Keys, arms: Arms) -> int | None:
        """How many months are run: as said, or as in all scenarios."""
        entry = tree.entry("months")
        if entry is not None:
            return self.values.whole(entry.node, ("months",), 1, MOST_MONTHS, "months")
        lengths = {scenario.months for scenario in arms.scenarios.values()}
        if len(lengths) > 1:
            said = ", ".join(f"{name} {scenario.months}" for name, scenario in arms.scenarios.items())
            message = "'months' is missing, and the scenarios are of different lengths"
            allowed, remedy = f"a whole number from 1 to {MOST_MONTHS}", f"add 'months: {min(lengths)}'"
            self.values.found(Kind.MISSING_KEY, tree.line, ("months",), message, given=said, allowed=allowed, remedy=remedy)
        return lengths.pop() if len(lengths) == 1 else None

    def design(self, tree: Keys, arms: Arms, months: int) -> tuple[Design | None, list[Varied]]:
        """The design and what is varied, and whether the two fit."""
        entry, varied = tree.entry("design"), tree.entry("vary")
        design = None if entry is None else read_design(entry, self.values)
        if varied is None:
            return design, []
        vary, lines = read_vary(varied, Ground(self.values, self.known, arms.scenarios, arms.named, months))
        if design is not None and entry is not None:
            check_fit(design, vary, lines, entry.line, self.values)
        return design, vary

    def answers(self, tree: Keys, arms: Arms, measures: tuple[str, ...]) -> AnswerPlan | None:
        """What the answers are about."""
        entry = tree.entry("answers")
        return None if entry is None else read_answers(entry, tuple(arms.scenarios), arms.named, measures, self.values)

    def check_size(self, tree: Keys, design: Design, vary: list[Varied], seeds: int, kept: int) -> None:
        """A finding for an experiment that is absurdly large."""
        points = points_in(design, vary)
        entry = tree.entry("design")
        line = tree.line if entry is None else entry.line
        if points * seeds > MOST_RUNS:
            given = f"{points:,} settings by {seeds:,} seeds: {points * seeds:,} runs"
            remedy = "take fewer values, levels, settings or seeds, or vary less in one experiment"
            message = "the experiment is too large"
            self.values.found(
                Kind.OUT_OF_BOUNDS, line, ("design",), message, given=given, allowed=f"at most {MOST_RUNS:,} runs", remedy=remedy
            )
        elif points * seeds * kept > MOST_KEPT:
            given = f"{points * seeds:,} runs with {kept:,} values each"
            keep: Entry | None = tree.entry("keep")
            remedy = "keep fewer months, or measure less"
            where = line if keep is None else keep.line
            message = "the experiment keeps too much"
            self.values.found(
                Kind.OUT_OF_BOUNDS, where, ("keep",), message, given=given, allowed=f"at most {MOST_KEPT:,} values", remedy=remedy
            )
