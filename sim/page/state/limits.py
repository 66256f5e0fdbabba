"""How large a town, how long a run and how many levers the page allows; the command line allows more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.tree import Entry, Items, Keys
from sim.settings.scenarios.keys import MOST_MONTHS as MOST_MONTHS_OF_ALL

if TYPE_CHECKING:
    from collections.abc import Container

    from sim.settings.place import Place
    from sim.settings.scenarios.layer import Layer, Setting

__all__ = [
    "COPY",
    "FEWEST_MONTHS",
    "FEWEST_RESIDENTS",
    "LONGEST_NOTES",
    "LONGEST_TITLE",
    "MONTHS",
    "MOST_LEVERS",
    "MOST_MONTHS",
    "MOST_RESIDENTS",
    "Limits",
    "limits_told",
]

FEWEST_MONTHS: Final = 12
MOST_MONTHS: Final = 120
MONTHS: Final = 60
"""Months of a state that does not say how many."""
MONTHS_ALLOWED: Final = f"a whole number from {FEWEST_MONTHS} to {MOST_MONTHS} (months)"
FEWEST_RESIDENTS: Final = 1_000
MOST_RESIDENTS: Final = 6_000
"""Residents of the largest town; larger places are run as a copy."""
COPY: Final = 5_000
"""Residents of the copy of a larger place in a state that does not say how many."""
MOST_LEVERS: Final = 24
MOST_UNKNOWN: Final = 5
"""How many unknown parameters are told one by one."""
LONGEST_TITLE: Final = 120
LONGEST_NOTES: Final = 2_000


def limits_told() -> dict[str, int]:
    """The limits by name, for the page.

    Examples
    --------
    >>> limits_told()["most_levers"]
    24
    """
    return {
        "fewest_months": FEWEST_MONTHS,
        "most_months": MOST_MONTHS,
        "months": MONTHS,
        "fewest_residents": FEWEST_RESIDENTS,
        "most_residents": MOST_RESIDENTS,
        "copy": COPY,
        "most_levers": MOST_LEVERS,
        "longest_title": LONGEST_TITLE,
        "longest_notes": LONGEST_NOTES,
    }


@dataclass(frozen=True, slots=True)
class Limits:
    """Checks the limits of one state."""

    findings: Findings

    def found(self, kind: Kind, key: str, message: str, **said: Any) -> None:
        """Keep a problem with a key."""
        self.findings.add(kind, "", 0, (key,), message, **said)

    def check(self, tree: Keys, layer: Layer) -> None:
        """A finding for each setting of a state that goes beyond the page's limits."""
        months = layer.settings["months"].value if "months" in layer.settings else None
        if months is not None and not FEWEST_MONTHS <= months <= MOST_MONTHS:
            message = "the page runs one to ten years"
            remedy = "write a number within these; the command line runs more"
            self.found(Kind.OUT_OF_BOUNDS, "months", message, given=str(months), allowed=MONTHS_ALLOWED, remedy=remedy)
        for at, problem in enumerate(self.findings.problems):
            if problem.key == "months" and str(MOST_MONTHS_OF_ALL) in problem.allowed:  # beyond what the command line runs too
                remedy = "write a number within these"
                self.findings.problems[at] = replace(problem, allowed=MONTHS_ALLOWED, remedy=remedy)
        for name, longest in (("title", LONGEST_TITLE), ("notes", LONGEST_NOTES)):
            text = layer.settings[name].value if name in layer.settings else None
            if text is not None and len(text) > longest:
                given, allowed = f"{len(text):,} characters", f"at most {longest:,} characters"
                self.found(Kind.WRONG_FORM, name, "the text is too long", given=given, allowed=allowed, remedy="write less")
        lists = [entry.node for entry in tree if entry.key in ("policies", "shocks")]
        count = sum(len(node.items) for node in lists if isinstance(node, Items))
        if count > MOST_LEVERS:
            given, allowed = f"{count} policies and shocks", f"at most {MOST_LEVERS}"
            self.found(Kind.TOO_MANY_VALUES, "policies", "too many levers at once", given=given, allowed=allowed, remedy="take some away")

    def cut(self, entry: Entry, names: Container[str]) -> Entry:
        """A list of levers or a mapping of parameters without what is too many: each unknown name takes a while to be told its nearest."""
        node = entry.node
        if entry.key in ("policies", "shocks") and isinstance(node, Items) and len(node.items) > MOST_LEVERS:
            return replace(entry, node=replace(node, items=node.items[: MOST_LEVERS + 1]))
        if entry.key == "parameters" and isinstance(node, Keys):
            unknown = [below.key for below in node if below.key not in names]
            if len(unknown) > MOST_UNKNOWN:
                given, allowed = f"{len(unknown)} of them", "parameters from: localwealth list parameters"
                message = "many parameters that there are not; the first are told"
                self.found(Kind.UNKNOWN_NAME, entry.key, message, given=given, allowed=allowed, remedy="leave them out")
                left = set(unknown[MOST_UNKNOWN:])
                return replace(entry, node=replace(node, entries=tuple(below for below in node if below.key not in left)))
        return entry

    def residents(self, setting: Setting | None, place: Place | None) -> int | None:
        """Residents of the copy that is run; None for a place at full size, and after a finding."""
        residents = None if setting is None else setting.value
        if place is None:
            return None
        whole = int(float(place.population.residents))
        most = min(MOST_RESIDENTS, whole)
        if residents is None:
            return COPY if whole > MOST_RESIDENTS else None
        if residents == whole <= MOST_RESIDENTS:
            return None
        if FEWEST_RESIDENTS <= residents <= most:
            return int(residents)
        message = f"the page runs a copy of {place.title} with at most {most:,} residents"
        allowed = f"a whole number from {FEWEST_RESIDENTS:,} to {most:,} (residents)"
        remedy = "write a number within these; the command line runs larger ones"
        if whole < FEWEST_RESIDENTS:
            allowed, remedy = "no 'residents': the place is too small for a copy", "leave it out"
        self.found(Kind.OUT_OF_BOUNDS, "residents", message, given=str(residents), allowed=allowed, remedy=remedy)
        return None
