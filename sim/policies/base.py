"""What every policy and shock has: its declaration, the anchors it concerns, and the rules it changes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import Intervention, Option
from sim.errors import UnknownNameError
from sim.kinds.rules import Rules
from sim.kinds.town import Town

ANCHORS_OPTION = Option("anchors", "anchors", "Anchors that take part; all of them when left out.", default=None)
ANCHOR_OPTION = Option("anchor", "anchor", "Anchor that pays.")
COVERAGE_OPTION = Option(
    "coverage",
    "share",
    "Part of the way from the legal minimum to the real living wage that the floor goes; all of it is the real living wage.",
    unit="share of the gap",
    low=0.0,
    high=1.0,
    default=1.0,
)
INTEREST_COVER_OPTION = Option(
    "interest_cover",
    "number",
    "Times that a firm's usual surplus must cover repayment and interest; 0 to lend to anyone.",
    unit="ratio",
    low=0.0,
    high=10.0,
    default=1.25,
)


def anchor_row_of(names: Sequence[str], name: str) -> int:
    """Row of an anchor among those of the place.

    Examples
    --------
    >>> anchor_row_of(["council", "college"], "college")
    1
    """
    if name not in names:
        raise UnknownNameError("anchor", name, names)
    return names.index(name)


class Policy(Intervention, ABC):
    """A policy or shock in one scenario.

    Class attributes are its declaration, from which checks, descriptions, schema and docs are made.
    `apply` changes the month's rules and nothing else: never a balance, a row or a result.

    Parameters
    ----------
    options : mapping
        Checked values of the declared options.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.given = dict(options)

    def number(self, name: str) -> float:
        """A numeric option."""
        return float(self.given[name])

    def pence(self, town: Town, name: str) -> int:
        """A money option in pence."""
        return round(float(self.given[name]) * town.structure.minor_units)

    def concerned(self, town: Town) -> NDArray[np.bool_]:
        """Marks the anchors the policy names, all when it names none (anchors,).

        Raises
        ------
        sim.errors.UnknownNameError
            When the place has no anchor of a name: a file is checked before, options set in Python are not.
        """
        names = self.given.get("anchors")
        listed = [item.name for item in town.place.anchors]
        if not names:
            return np.ones(len(listed), bool)
        marked = np.zeros(len(listed), bool)
        marked[[anchor_row_of(listed, str(name)) for name in names]] = True
        return marked

    def anchor_row(self, town: Town, name: str = "anchor") -> int:
        """Row of the anchor an option names; an unknown one raises `sim.errors.UnknownNameError`."""
        return anchor_row_of([item.name for item in town.place.anchors], str(self.given[name]))

    @abstractmethod
    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Change this month's rules.

        Parameters
        ----------
        town : Town
            For reading only.
        rules : Rules
            The rules to change.
        strength : float
            In 0 to 1: how far the ramp has come.
        first : bool
            Whether this is the first month in force.
        """
