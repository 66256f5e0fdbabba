"""Half a year of a small town under several levers at once, every lever in one package at rest and in another in hard times.

The files of shipped scenarios say in pounds and heads what moved; these say only that something did, within a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from support.fingerprint import digest, money
from support.levers import names as levers
from support.levers import sensible, with_uses

from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.settings.load import load_scenario
from sim.settings.scenario import Scenario
from sim.settings.scenarios.scaling import copied_scenario

FILE = Path(__file__).with_name("short_months.txt")
RESIDENTS, SEED, MONTHS, LEVERS = 1_500, 3, 6, 6
AT_REST = {"behaviour.burn_in_months": 1.0}
#: Little cash, much luck, many sales and births: what is rare at rest happens.
HARD = AT_REST | {
    "finance.overdraft_months": 0.25,
    "firms.cash_buffer": 0.25,
    "firms.cooperative_entry_stake": 900.0,
    "firms.cooperative_pay_ratio": 1.5,
    "firms.cooperative_survival": 0.5,
    "firms.export_noise": 0.5,
    "firms.payout_speed": 1.0,
    "firms.sale_rate": 0.05,
    "households.arrears_limit": 1.0,
    "work.layoff_tolerance": 0.0,
    "work.search_success": 0.05,
    "work.wage_response": 0.1,
}


def packages() -> dict[str, tuple[str, ...]]:
    """Levers of each package by its name; neighbours of the list at rest, strangers in hard times."""
    found, count = {}, -(-len(levers()) // LEVERS)
    for k in range(count):
        found[f"at rest {k + 1}"] = levers()[k * LEVERS : (k + 1) * LEVERS]
        found[f"hard times {k + 1}"] = levers()[k::count]
    return found


@cache
def usual() -> Scenario:
    """The invented town at full size."""
    return load_scenario("anytown/business-as-usual", POLICIES, SHOCKS)


@cache
def opening(hard: bool) -> Economy:
    """The small town at its opening."""
    small = copied_scenario(usual(), RESIDENTS)
    return Economy(replace(small, parameters=small.parameters.with_values(HARD if hard else AT_REST)), seed=SEED)


def measured(name: str) -> Iterator[str]:
    """A line for each month of a package: hash of all pence, hash of what was noted."""
    town = opening(name.startswith("hard"))
    uses = [sensible(lever) for lever in packages()[name]]
    package = copied_scenario(with_uses(usual(), uses), RESIDENTS)
    town = town.with_scenario(replace(town.scenario, policies=package.policies, shocks=package.shocks))
    for month in range(1, MONTHS + 1):
        town.advance()
        noted = {key: value for key, value in vars(town.notes).items() if isinstance(value, (int, float))}
        said = "\n".join(f"{key} {value:.12g}" for key, value in sorted(noted.items()))
        yield f"{name}, month {month}: pence {money(town)}, notes {digest(said.encode())}"


def kept() -> list[str]:
    """Lines of the file."""
    return FILE.read_text(encoding="utf-8").splitlines() if FILE.exists() else []


def refresh(*, check: bool) -> int:
    """Measure all packages, and write the file unless only a check is asked for; how many lines differ."""
    found, old = [line for name in packages() for line in measured(name)], kept()
    changed = len({*found} ^ {*old}) if found != old else 0
    if changed and not check:
        FILE.write_text("\n".join(found) + "\n", encoding="utf-8", newline="\n")
    return changed
