"""What the runs of one seed left behind, and what is known about arms and measures: plain holders that can be sent between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sim.core.records import RunRecord

__all__ = ["Arm", "Failure", "MeasureFacts", "SeedOutcome"]


@dataclass(frozen=True)
class Arm:
    """One scenario of a comparison.

    Parameters
    ----------
    name : str
        Name of the scenario; made unlike the others of the comparison when two are called the same.
    title : str
        Name for readers.
    resolved : mapping
        The scenario as resolved, every value with its origin.
    text : str
        The same as a scenario file that stands alone, from which the arm can be run again.
    start : str
        First month, "YYYY-MM".
    """

    name: str
    title: str
    resolved: Mapping[str, Any]
    text: str
    start: str


@dataclass(frozen=True)
class MeasureFacts:
    """What a reader must know about a measure.

    Parameters
    ----------
    name, title, unit, kind, meaning, source, keys : str
        As the measure declares them.
    summary : {"mean", "sum", "last"}
        How the last twelve months become one number.
    """

    name: str
    title: str = ""
    unit: str = ""
    kind: str = "ratio"
    meaning: str = ""
    source: str = ""
    summary: str = "mean"
    keys: str = ""

    def as_dict(self) -> dict[str, str]:
        """The facts as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Failure:
    """A seed that could not be run.

    Parameters
    ----------
    seed : int
        The seed.
    arm : str
        The arm that failed; empty when the whole worker was lost.
    error : str
        Kind of the error.
    message : str
        What went wrong, in the words of the error.
    where : str
        Module, line and function that raised, the innermost last; empty when not known.
    repeat : str
        The command that runs this seed again.
    """

    seed: int
    arm: str
    error: str
    message: str
    where: str = ""
    repeat: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """The failure as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class SeedOutcome:
    """All arms of one seed: a record for each, or a failure and no record at all, since an arm alone is no pair.

    Parameters
    ----------
    seed : int
        The seed.
    records : mapping of str to RunRecord
        By name of the arm.
    failure : Failure or None
        Why there are no records.
    seconds : float
        How long the seed took with all arms.
    """

    seed: int
    records: Mapping[str, RunRecord] = field(default_factory=dict)
    failure: Failure | None = None
    seconds: float = 0.0
