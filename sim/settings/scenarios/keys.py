"""The keys of a scenario file and of one use of a policy or shock: declared once, for the reader, the schema and the starting file."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "FEWEST_RESIDENTS",
    "FIRST_YEAR",
    "LAST_YEAR",
    "MOST_MONTHS",
    "MOST_RESIDENTS",
    "NEIGHBOURS",
    "SCENARIO_KEYS",
    "USE_KEYS",
    "KeyDeclaration",
    "key_names",
]

MOST_MONTHS = 1200
"""Longest scenario and longest ramp, in months."""

FEWEST_RESIDENTS = 500
"""Residents of the smallest copy of a place."""

MOST_RESIDENTS = 1_000_000_000
"""More residents than any place has."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that a date may have."""

NEIGHBOURS: tuple[str, ...] = ("unchanged", "same-policies", "everywhere")
"""What the neighbouring region does: nothing new, or the same as this place."""


@dataclass(frozen=True, slots=True)
class KeyDeclaration:
    """One key of a file.

    Parameters
    ----------
    name : str
        The key.
    kind : {"text", "place", "residents", "scenario", "date", "months", "uses", "parameters", "choice", "policy"}
        What stands there.
    meaning : str
        One phrase for a reader.
    allowed : str
        What may stand there, in words.
    inherited : bool
        Whether a scenario takes it from the scenario it is based on.
    required : bool
        Whether it must be there, in the file or in one it is based on.
    default : str
        What counts when it is left out.
    """

    name: str
    kind: str
    meaning: str
    allowed: str
    inherited: bool = True
    required: bool = False
    default: str = ""


SCENARIO_KEYS: tuple[KeyDeclaration, ...] = (
    KeyDeclaration("title", "text", "name for readers", "text", inherited=False, required=True),
    KeyDeclaration("place", "place", "the place", "name of a place, a path, or a whole place", required=True),
    KeyDeclaration(
        "residents",
        "residents",
        "residents of a copy of the place that is run in its stead; sums and counts of policies are scaled alike",
        f"a whole number from {FEWEST_RESIDENTS} to all residents of the place",
        default="all, the place at full size",
    ),
    KeyDeclaration(
        "based_on", "scenario", "scenario whose settings count where this one has none", "name of a scenario, or a path", inherited=False
    ),
    KeyDeclaration("start", "date", "first month", "a month as YYYY-MM", required=True),
    KeyDeclaration("months", "months", "how many months are run", f"a whole number from 1 to {MOST_MONTHS}", required=True),
    KeyDeclaration("policies", "uses", "policies in force, after those of the base", "a list of uses", default="none"),
    KeyDeclaration("shocks", "uses", "shocks that hit, after those of the base", "a list of uses", default="none"),
    KeyDeclaration("parameters", "parameters", "parameters that differ from their defaults", "names with numbers", default="none"),
    KeyDeclaration("neighbours", "choice", "what the neighbouring region does", " or ".join(NEIGHBOURS), default=NEIGHBOURS[0]),
    KeyDeclaration("notes", "text", "why this scenario exists, for the report", "text", inherited=False),
)
"""Every key of a scenario file, in the order of a starting file."""

USE_KEYS: tuple[KeyDeclaration, ...] = (
    KeyDeclaration("use", "policy", "name of the policy or shock", "a name from: localwealth list", required=True),
    KeyDeclaration("start", "date", "first month in force", "a month as YYYY-MM", default="first month of the scenario"),
    KeyDeclaration(
        "ramp_months", "months", "months from first effect to full strength", f"a whole number from 0 to {MOST_MONTHS}", default="0"
    ),
    KeyDeclaration("end", "date", "last month in force", "a month as YYYY-MM", default="never"),
)
"""Every key of a use beside the options of the policy or shock itself."""


def key_names(keys: tuple[KeyDeclaration, ...]) -> tuple[str, ...]:
    """The names of declared keys, in order."""
    return tuple(key.name for key in keys)
