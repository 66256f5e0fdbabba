"""The national figures from which a place of one's own is filled: read from the package's own data."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sim.settings.own_place.keys import AREAS
from sim.settings.sectors import CODES, SECTORS

__all__ = ["National", "jobs_mix", "national"]


@dataclass(frozen=True)
class National:
    """The file ``sim/data/national_defaults.yaml`` as plain values; its comments say what each part is."""

    values: dict[str, Any]

    def __getitem__(self, part: str) -> Any:
        return self.values[part]

    def pay(self, year: int) -> tuple[float, int]:
        """Median gross weekly pay of the United Kingdom in the nearest year held, and that year.

        Examples
        --------
        >>> national().pay(2013), national().pay(1990)
        ((415.3, 2013), (388.8, 2008))
        """
        nearest = min(self["pay_by_year"], key=lambda held: abs(int(held) - year))
        return float(self["pay_by_year"][nearest]), int(nearest)


@cache
def national() -> National:
    """The national figures, read once.

    Examples
    --------
    >>> national()["base"]["jobs"]
    31341585
    """
    from ruamel.yaml import YAML

    text = resources.files("sim.data").joinpath("national_defaults.yaml").read_text(encoding="utf-8")
    return National(YAML(typ="safe").load(text))


@cache
def jobs_mix(area: str) -> tuple[float, ...]:
    """Jobs by sector of an area whose table is held, in the order of the sectors.

    Parameters
    ----------
    area : str
        A name from :data:`sim.settings.own_place.keys.AREAS`.

    Examples
    --------
    >>> int(sum(jobs_mix("Great Britain"))), len(jobs_mix("Lancashire"))
    (31341585, 18)
    """
    text = resources.files("sim.data").joinpath("jobs_bres2021_gb_itl2_18.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text))
    held = {row["sector18"]: float(row["jobs"]) for row in rows if row["area_code"] == AREAS[area]}
    return tuple(held[code] for code, _ in zip(CODES, SECTORS, strict=True))
