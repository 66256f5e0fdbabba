"""The exact figures of one shipped scenario, and the file that keeps them: one line for each figure and month.

A large place is run as a copy with few residents, as a scenario's own ``residents:`` would have it. Arms of one place share an opening.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from support.fingerprint import money, series

from sim.core.channels import INSTITUTIONS
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.kinds.residents import EMPLOYED
from sim.settings.load import load_scenario
from sim.settings.load import shipped as shipped_names
from sim.settings.scenario import Scenario
from sim.settings.scenarios.scaling import copied_scenario

FOLDER = Path(__file__).with_name("pence")
#: A place with more residents than this is run as a copy with so many.
MOST_RESIDENTS = 5_000
#: Months looked at; what begins later is looked at again half a year after the last policy or shock has begun.
SEED, LOOKED_AT, AFTER_THE_LAST = 1, (1, 12, 24), 6

#: Levers that wait for a chance that comes late: looked at in this month too.
LATER = {"levers/marcora-buyout": 48}


def names() -> tuple[str, ...]:
    """All shipped scenarios."""
    return tuple(sorted(shipped_names("scenario")))


def file_of(name: str, folder: Path = FOLDER) -> Path:
    """Where the figures of a scenario are kept."""
    return folder / f"{name}.txt"


@cache
def scenario_named(name: str) -> Scenario:
    """A shipped scenario at the size at which it is run here."""
    scenario = load_scenario(name, POLICIES, SHOCKS)
    return copied_scenario(scenario, MOST_RESIDENTS) if float(scenario.place.population.residents) > MOST_RESIDENTS else scenario


def opening_key(name: str) -> tuple[str, str]:
    """Scenarios of one key follow each other, so that they may share an opening: the place, then the name.

    The place is the folder, so no file is read: the tests are put in this order each time they are collected.
    """
    folder = name.partition("/")[0]
    return "anytown" if folder == "levers" else folder, name


class Openings:
    """The opening of the scenario before, kept for the next that starts from the same town."""

    def __init__(self) -> None:
        self.last: Economy | None = None

    def town(self, scenario: Scenario) -> Economy:
        """A town at its opening."""
        if self.last is None or not scenario.same_opening(self.last.scenario):
            self.last = Economy(scenario, seed=SEED)
        return self.last.with_scenario(scenario)


def months_looked_at(scenario: Scenario) -> tuple[int, ...]:
    """Months whose figures are kept."""
    last = max((use.start for use in (*scenario.policies, *scenario.shocks)), default=1) + AFTER_THE_LAST
    last = max(last, LATER.get(scenario.name, 0))
    return LOOKED_AT if last <= LOOKED_AT[-1] else (*LOOKED_AT, min(last, scenario.months))


def figures(town: Any) -> dict[str, Any]:
    """Whole figures of a month: heads, pence held by each sector, pence paid through each channel that was used."""
    ledger = town.ledger
    heads = {
        "firms": len(town.firms),
        "residents in work": int(np.count_nonzero(town.residents["status"] == EMPLOYED)),
        "contracts with firms here": int(np.count_nonzero(town.firm_row[town.contracts["supplier"]] >= 0)),
    }
    held = {f"held by {name}, pence": int(ledger.balance[ledger.sector == code].sum()) for code, name in enumerate(INSTITUTIONS)}
    paid: dict[str, int] = {}
    for booking in ledger.journal:
        key = f"paid, {booking.channel}, pence"
        paid[key] = paid.get(key, 0) + int(booking.pence.sum())
    return heads | held | {key: value for key, value in paid.items() if value}


def measured(name: str, openings: Openings) -> dict[str, str]:
    """A scenario's figures and fingerprints by month, by the words before the colon of their line."""
    scenario = scenario_named(name)
    town, looked_at = openings.town(scenario), months_looked_at(scenario)
    found: dict[str, str] = {}
    for month in range(1, looked_at[-1] + 1):
        town.step()
        if month in looked_at:
            fingerprints = {"fingerprint of every account and flow": money(town), "fingerprint of every measure so far": series(town)}
            found |= {f"{key}; month {month:3d}": str(value) for key, value in (figures(town) | fingerprints).items()}
    return found


def written(found: Mapping[str, str]) -> str:
    """The text of a file: sorted, so that what changes is all that differs."""
    return "".join(f"{key}: {found[key]}\n" for key in sorted(found))


def kept(name: str, folder: Path = FOLDER) -> dict[str, str]:
    """What is kept of a scenario; nothing where there is no file."""
    file = file_of(name, folder)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return dict(line.rsplit(": ", 1) for line in lines)


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """One line for each figure that differs."""
    for key in sorted({*old, *new}):
        if key not in old or key not in new:
            yield f"{key} is {'new' if key in new else 'gone'}"
        elif old[key] != new[key]:
            yield f"{key}: {old[key]} -> {new[key]}{_by(old[key], new[key])}"


def _by(old: str, new: str) -> str:
    """By how much a whole figure changed; nothing for a fingerprint."""
    try:
        before, after = int(old), int(new)
    except ValueError:
        return ""
    return f" ({after - before:+d}{f', {(after - before) / before:+.2%}' if before else ''})"


def write(name: str, found: Mapping[str, str], folder: Path = FOLDER) -> None:
    """Keep the figures of a scenario, whole or not at all."""
    file = file_of(name, folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(written(found), encoding="utf-8", newline="\n")
    fresh.replace(file)
