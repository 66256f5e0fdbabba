"""An experiment: which scenarios are run, what is varied between their runs, how, and what is kept; checked and frozen."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.settings.frozen import FrozenMapping
from sim.settings.parameters import PARAMETERS, Parameter
from sim.settings.scenario import Scenario

if TYPE_CHECKING:
    from sim.core.registry import Measure, Registry
    from sim.settings.scenarios.layer import Interventions

__all__ = ["DESIGNS", "VARIED_KINDS", "AnswerPlan", "Design", "Experiment", "Varied", "load_experiment", "varied_parameter"]

VARIED_KINDS: Final = ("parameter", "policy", "shock", "place")
"""What may be varied: a parameter, an option of a policy or shock, a figure of the place."""

DESIGNS: Final = ("grid", "one-at-a-time", "latin-hypercube", "sobol", "morris")
"""How the points are laid."""


@dataclass(frozen=True, slots=True)
class Varied:
    """One thing that differs between the points of an experiment.

    Parameters
    ----------
    name : str
        Unique in the experiment, and the name of its column: ``firms.spare_capacity``, ``local_spend_target.share``,
        ``place.labour.commuter_share``.
    kind : str
        One of :data:`VARIED_KINDS`.
    path : tuple of str and int
        A parameter's name alone; name and option of a policy or shock; keys and positions of a figure of the place.
    scenarios : tuple of str
        Arms that it changes; empty for all of them.
    values : tuple of float
        The values to run; empty for a range.
    low, high : float
        Ends of the range, or lowest and highest of the values.
    whole : bool
        Whether only whole numbers make sense.
    unit, meaning, mark : str
        From the declaration; an option has no mark.
    usual : float or None
        Its value in the first scenario that it changes, as that stands; None when there is none.
    middle : float or None
        The value below which half of the points of a drawn design lie; None spreads them evenly from low to high.
    """

    name: str
    kind: str
    path: tuple[str | int, ...]
    scenarios: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    low: float = 0.0
    high: float = 1.0
    whole: bool = False
    unit: str = ""
    meaning: str = ""
    mark: str = ""
    usual: float | None = None
    middle: float | None = None

    def changes(self, arm: str) -> bool:
        """Whether it changes an arm.

        Examples
        --------
        >>> Varied("a.share", "policy", ("a", "share"), ("one",)).changes("two")
        False
        """
        return not self.scenarios or arm in self.scenarios


@dataclass(frozen=True, slots=True)
class Design:
    """How the points are laid.

    Parameters
    ----------
    kind : str
        One of :data:`DESIGNS`.
    points : int
        Of a Latin hypercube its points, of Sobol the base sample, a power of two; 0 for the others.
    levels : int
        Of a grid the values of each range, of Morris its levels; 0 for the others.
    trajectories : int
        Of Morris; 0 for the others.
    second_order : bool
        Whether Sobol gives the effects of pairs too.
    seed : int
        Where a drawn design begins: the same seed, the same points.
    """

    kind: str = "grid"
    points: int = 0
    levels: int = 0
    trajectories: int = 0
    second_order: bool = False
    seed: int = 1


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """What the answers of an experiment are about.

    Parameters
    ----------
    measure : str
        The measure.
    scenario : str
        The arm.
    of : {"difference", "level"}
        Whether the answer is the difference with the reference, seed by seed, or the value itself.
    above, below : float or None
        The decision stands while the answer lies above, or below; at most one is set.
    fail_above, fail_below : float or None
        The policy fails where the answer lies above, or below; at most one is set.
    """

    measure: str
    scenario: str
    of: str = "difference"
    above: float | None = None
    below: float | None = None
    fail_above: float | None = None
    fail_below: float | None = None


@dataclass(frozen=True, slots=True)
class Experiment:
    """Everything a sweep needs.

    Parameters
    ----------
    name : str
        Name such as ``spare-capacity``; for a file given by path, its name without ending.
    title, question : str
        Name for readers, and what they want to know.
    scenarios : mapping of str to Scenario
        The arms by name; the first is the reference. All are of one place and begin in one month.
    months : int
        How many months are run.
    seeds : tuple of int
        The same at every point.
    design : Design
        How the points are laid.
    vary : tuple of Varied
        What differs between points, in the order of the columns.
    measures : tuple of str
        What is measured: ``jobs``, or with its key ``equity_share/workers``.
    keep : tuple of int
        Months whose values are kept beside the one number of each run, ascending.
    answers : AnswerPlan or None
        What the answers are about.
    notes : str
        How to read it.
    text : str
        The file as written; empty for one made in Python. Not compared.
    path : Path or None
        Its file; not compared.
    """

    name: str
    title: str
    question: str
    scenarios: Mapping[str, Scenario]
    months: int
    seeds: tuple[int, ...]
    design: Design
    vary: tuple[Varied, ...]
    measures: tuple[str, ...]
    keep: tuple[int, ...] = ()
    answers: AnswerPlan | None = None
    notes: str = ""
    text: str = field(default="", compare=False)
    path: Path | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Freeze the arms."""
        if not isinstance(self.scenarios, FrozenMapping):
            object.__setattr__(self, "scenarios", FrozenMapping(self.scenarios))

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the arms, the reference first."""
        return tuple(self.scenarios)

    @property
    def reference(self) -> str:
        """Name of the arm that the others are compared with."""
        return self.arms[0]

    @property
    def points(self) -> int:
        """How many points the design has."""
        from sim.settings.experiments.size import points_in

        return points_in(self.design, self.vary)

    def reduced(self, points: int = 4, seeds: int = 2, months: int = 6) -> Experiment:
        """The experiment made small, to try it.

        Parameters
        ----------
        points : int
            About how many points at most; of what is varied the first are kept where the design needs more.
        seeds, months : int
            How many at most.

        Returns
        -------
        Experiment
            Of the same name, with the same arms and measures.
        """
        from sim.settings.experiments.size import reduced

        return reduced(self, points, seeds, months)


def varied_parameter(
    declaration: Parameter, low: float | None = None, high: float | None = None, values: Iterable[float] = (), usual: float | None = None
) -> Varied:
    """A parameter to vary, for an experiment made in Python.

    Parameters
    ----------
    declaration : Parameter
        The parameter.
    low, high : float, optional
        The range; left out, the bounds of the declaration.
    values : iterable of float
        The values, instead of a range.
    usual : float, optional
        Its usual value; left out, the default.

    Returns
    -------
    Varied

    Examples
    --------
    >>> share = Parameter("firms.example", 0.4, "share", 0.0, 1.0, "An example.", "Assumed.", "assumption")
    >>> varied_parameter(share, values=[0.2, 0.6]).high
    0.6
    """
    listed = tuple(float(value) for value in values)
    return Varied(
        name=declaration.name,
        kind="parameter",
        path=(declaration.name,),
        values=listed,
        low=min(listed) if listed else declaration.low if low is None else float(low),
        high=max(listed) if listed else declaration.high if high is None else float(high),
        whole=declaration.unit == "flag",
        unit=declaration.unit,
        meaning=declaration.meaning,
        mark=declaration.mark,
        usual=declaration.default if usual is None else usual,
    )


def load_experiment(
    name_or_path: str | os.PathLike[str],
    policies: Interventions,
    shocks: Interventions,
    measures: Registry[Measure] | None = None,
    declarations: Iterable[Parameter] = PARAMETERS,
) -> Experiment:
    """Read an experiment and its scenarios.

    Parameters
    ----------
    name_or_path : str or path
        A name such as ``spare-capacity``, or the path of an experiment file.
    policies, shocks : Registry of Intervention
        What its scenarios may use.
    measures : Registry of Measure, optional
        What it may measure; left out, the registered measures.
    declarations : iterable of Parameter
        What it may vary.

    Returns
    -------
    Experiment

    Raises
    ------
    sim.errors.InputError
        With every problem of the file and of its scenarios.
    """
    from sim.core.registry import MEASURES
    from sim.settings.experiments.reader import read_experiment
    from sim.settings.names import find_file
    from sim.settings.parameters import Parameters
    from sim.settings.reading.problems import Findings
    from sim.settings.scenarios.layer import Known

    findings = Findings()
    source = find_file("experiment", os.fspath(name_or_path), findings)
    known = Known(policies, shocks, Parameters(declarations))
    experiment = None if source is None else read_experiment(source, known, MEASURES if measures is None else measures, findings)
    findings.raise_if_any()
    assert experiment is not None
    return experiment
