"""Months of a small town under several levers at once: every lever in one package at rest and in another in hard times, and drawn ones.

The files of shipped scenarios say in pounds and heads what moved; these say only that something did, within a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from support.fingerprint import digest, money, state
from support.hard_times import HARD_TIMES
from support.levers import names as levers
from support.levers import random_package, sensible, with_uses
from support.suppliers import listed_scenario

from sim.core.channels import COOPERATIVES
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.kinds.firms import Cooperative, LocalSME
from sim.settings.load import load_scenario
from sim.settings.scenario import PolicyUse, Scenario
from sim.settings.scenarios.scaling import copied_scenario

FILE = Path(__file__).with_name("short_months.txt")
RESIDENTS, SEED, MONTHS, LEVERS, COOPERATIVES_MADE = 1_500, 3, 6, 6, 10
#: Packages drawn at random, with any settings, start, ramp and end, and how many months of them.
DRAWN, LONGER = 24, 14
#: Levers that touch contracts, in a town whose council lists its suppliers by name.
WITH_LIST = ("branch_closes", "business_rates_cut", "insourcing", "local_spend_target", "lots", "prompt_payment")
AT_REST = {"behaviour.burn_in_months": 1.0}
HARD = {**AT_REST, **HARD_TIMES, "finance.overdraft_months": 0.25}
#: Funds and a currency that wear out, fail or are given up: what changes of each lever's settings, and in which month it ends.
MONEY: dict[str, tuple[tuple[str, int | None, dict[str, float]], ...]] = {
    "money given up": (
        ("community_bank", 11, {}),
        ("credit_union", 8, {"default_months": 2}),
        ("local_currency", 10, {"demurrage": 0.02}),
        ("local_reserves", 9, {}),
        ("pension_investment", 9, {}),
    ),
    "money that fails": (
        ("community_bank", None, {"running_cost": 0.9, "deposit_rate": 0.05}),
        ("credit_union", None, {"running_cost": 0.9}),
        ("local_currency", None, {"demurrage": 0.3}),
        ("local_reserves", 6, {"share": 0.9}),
        ("pension_investment", 4, {"running_cost": 0.1}),
    ),
}
PARAMETERS = {
    "at rest": AT_REST,
    "hard times": HARD,
    "everyone": HARD | {"neighbours.adopting_share": 0.5},
    "frozen": AT_REST | {"behaviour.frozen": 1.0},
    "listed": HARD,
    "money given up": AT_REST,
    "money that fails": HARD,
}


def packages() -> dict[str, tuple[str, ...]]:
    """Levers of each package by its name; neighbours of the list at rest, strangers in hard times."""
    found, count = {}, -(-len(levers()) // LEVERS)
    for k in range(count):
        found[f"at rest {k + 1}"] = levers()[k * LEVERS : (k + 1) * LEVERS]
        found[f"hard times {k + 1}"] = levers()[k::count]
    money_levers = {name: tuple(lever for lever, _, _ in uses) for name, uses in MONEY.items()}
    return found | {"frozen": (), "listed": WITH_LIST} | money_levers | dict.fromkeys((f"drawn {k + 1}" for k in range(DRAWN)), ())


def uses_of(name: str) -> list[PolicyUse]:
    """Levers of a package with their settings."""
    if name in MONEY:
        return [sensible(lever, end=end, **changed) for lever, end, changed in MONEY[name]]
    if not name.startswith("drawn"):
        return [sensible(lever) for lever in packages()[name]]
    anchors = [anchor.name for anchor in usual().place.anchors]
    return random_package(anchors, LONGER, np.random.default_rng(int(name.split()[1])))


def kind_of(name: str) -> str:
    """The kind of town that a package has."""
    if not name.startswith("drawn"):
        return name.rstrip(" 0123456789")
    return ("at rest", "hard times", "everyone")[int(name.split()[1]) % 3]


@cache
def usual() -> Scenario:
    """The invented town at full size."""
    return load_scenario("anytown/business-as-usual", POLICIES, SHOCKS)


@cache
def with_list() -> Scenario:
    """The invented town, whose council lists its suppliers."""
    with TemporaryDirectory() as folder:
        return listed_scenario(Path(folder))


@cache
def opening(kind: str) -> Economy:
    """The small town at its opening."""
    small = copied_scenario(with_list() if kind == "listed" else usual(), RESIDENTS)
    town = Economy(replace(small, parameters=small.parameters.with_values(PARAMETERS[kind])), seed=SEED)
    if PARAMETERS[kind].keys() >= HARD.keys():
        # Contracts end soon, and there are co-operatives of every form.
        town.contracts["end"][:] = 1 + np.arange(len(town.contracts)) % MONTHS
        mine = np.flatnonzero((town.firms["kind"] == LocalSME.code) & (town.firms["workers"] >= 2))[:COOPERATIVES_MADE]
        town.firms["kind"][mine], town.firms["owner"][mine] = Cooperative.code, -1
        town.firms["form"][mine] = np.arange(len(mine)) % 5
        town.ledger.reclassify(town.firms["account"][mine], COOPERATIVES)
    return town


def measured(name: str) -> Iterator[str]:
    """A line for each month of a package: hash of all pence, of what was noted, and of all else that the town is."""
    town = opening(kind_of(name))
    package = copied_scenario(with_uses(usual(), uses_of(name)), RESIDENTS)
    town = town.with_scenario(replace(town.scenario, policies=package.policies, shocks=package.shocks))
    for month in range(1, (LONGER if name.startswith("drawn") or name in MONEY else MONTHS) + 1):
        town.advance()
        noted = {key: value for key, value in vars(town.notes).items() if isinstance(value, (int, float))}
        said = "\n".join(f"{key} {value:.12g}" for key, value in sorted(noted.items()))
        yield f"{name}, month {month}: pence {money(town)}, notes {digest(said.encode())}, town {state(town)}"


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
