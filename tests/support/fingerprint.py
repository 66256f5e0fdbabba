"""The fingerprint of a run: the same on every machine, every supported Python and any number of workers."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

import sim.catalogue  # noqa: F401  fills the registries
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.settings.load import load_scenario

SCENARIO, MONTHS, SEED = "anytown/full-package", 24, 1


def digest(*parts: bytes) -> str:
    """A short hash of some bytes."""
    made = blake2b(digest_size=8)
    for part in parts:
        made.update(part)
    return made.hexdigest()


def money(town: Economy) -> str:
    """Hash of all balances and of the month's flow matrix: whole pence, in a fixed order of bytes."""
    return digest(town.ledger.balance.astype("<i8").tobytes(), town.ledger.flows.astype("<i8").tobytes())


def series(town: Economy, digits: int = 12) -> str:
    """Hash of all measures so far, to 12 digits: the last bits of a sum may depend on the library that adds."""
    found = town.recorder.finish(town).measures
    lines = [f"{name} " + " ".join(f"{value:.{digits}g}" for value in np.asarray(found[name]).tolist()) for name in sorted(found)]
    return digest("\n".join(lines).encode())


def fingerprint(scenario: str = SCENARIO, months: int = MONTHS, seed: int = SEED, *, monthly: bool = False) -> list[str]:
    """Lines of the fingerprint: money month by month if asked for, then money and series at the end."""
    town = Economy(load_scenario(scenario, POLICIES, SHOCKS), seed=seed)
    lines = [f"opening money {money(town)}"]
    for _ in range(months):
        town.step()
        if monthly:
            lines.append(f"month {town.month} money {money(town)} series {series(town)}")
    return [*lines, f"{scenario} seed {seed} month {months} money {money(town)} series {series(town)}"]
